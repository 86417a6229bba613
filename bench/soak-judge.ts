/** Whether what a client saw, what the upstream saw and what the log says of a request are one story. Pure. */
import { answerTo } from './faulty-upstream.ts';

/** What a client saw of one request. */
export interface Told {
  readonly number: number;
  /** The gateway's name of the request; null where the client left before it came. */
  readonly id: string | null;
  readonly status: number | null;
  readonly body: string;
  readonly streamed: boolean;
  readonly left: boolean;
  /** The connection broke. */
  readonly broke: boolean;
}

/** What the log says. */
export interface Logged {
  readonly outcome: string;
  readonly attempts: readonly {
    readonly provider: string;
    readonly result: string;
    readonly action: string;
  }[];
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

/** @param detail the JSON of the row's attempts and the rest */
export function readRow(outcome: string, detail: string): Logged {
  const attempts = memberOf(JSON.parse(detail), 'attempts');
  const text = (attempt: unknown, name: string): string => String(memberOf(attempt, name));
  return {
    outcome,
    attempts: (Array.isArray(attempts) ? attempts : []).map((one: unknown) => ({
      provider: text(one, 'provider'),
      result: text(one, 'result'),
      action: text(one, 'action'),
    })),
  };
}

const times = (text: string, part: string): number => text.split(part).length - 1;
const END = 'data: [DONE]';

/** @param calls as the upstream counted them @returns what is wrong, in words */
export function judge(told: Told, logged: Logged | undefined, calls: number): readonly string[] {
  const wrong: string[] = [];
  const expect = (fine: boolean, words: string): void => {
    if (!fine) wrong.push(`request ${told.number}: ${words}`);
  };
  if (told.id === null) {
    expect(told.left, 'no answer at all');
    return wrong;
  }
  if (logged === undefined) return [`request ${told.number}: no row`];
  const { outcome, attempts } = logged;
  const reached = attempts.filter(({ provider }) => provider !== 'gone').length;
  expect(reached === calls, `${reached} attempts in the row, ${calls} calls upstream`);
  const last = attempts.at(-1);
  for (const attempt of attempts.slice(0, -1)) {
    expect(!['done', 'return', 'stop'].includes(attempt.action), `went on after ${attempt.action}`);
  }
  const answers = times(told.body, answerTo(told.number));
  const ends = times(told.body, END);
  expect(answers <= 1 && ends <= 1, `${answers} answers and ${ends} ends`);
  if (told.left) return wrong;
  switch (outcome) {
    case 'ok':
      expect(told.status === 200 && !told.broke, `a good answer came as ${told.status}`);
      expect(answers === 1 && (!told.streamed || ends === 1), 'a good answer is not whole');
      expect(last?.result === 'ok', 'a good answer without a good attempt');
      break;
    case 'cut':
      expect(ends === 0 && times(told.body, '"error"') > 0, 'a broken stream does not say so');
      break;
    case 'error':
      // The upstream broke off with an error of its own.
      if (told.status === 200) {
        expect(told.streamed && ends === 0, 'a broken stream looks like a whole one');
        expect(
          times(told.body, '"error"') === 1 && last?.action === 'stop',
          'a broken stream does not say so once',
        );
        break;
      }
      expect((told.status ?? 0) >= 400 && told.body.includes('"error"'), `an error came as ${told.status}`);
      expect(answers === 0 && last?.result !== 'ok', 'an error with an answer');
      break;
    default:
      expect(false, `the row says ${outcome}`);
  }
  return wrong;
}
