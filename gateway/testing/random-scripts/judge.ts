/** Whether what the client saw, what the upstream saw and what the log row says are one story, and a lawful one. */
import type { Seen } from './client.ts';
import type { Deed } from './deed.ts';
import { lawful, type Expect, type Story } from './lawful.ts';
import { mayReplay, predict, type Try } from './model.ts';
import { contentOf, events, terminators } from './read-answer.ts';
import { textOf, type Ask, type Script } from './script.ts';

/**
 * @param foreseen all that becomes of a request alone is known beforehand; not where a budget is shared with others
 * @returns what is wrong, in words; empty when all is well
 */
export function judgeScript(script: Script, stories: readonly Story[], foreseen = true): readonly string[] {
  return stories.flatMap((story) => {
    const wrong: string[] = [];
    const expect = (fine: boolean, words: string): void => {
      if (!fine) wrong.push(`${script.seed} (${script.plan}, ask ${story.ask.id}): ${words}`);
    };
    const told = story.row.attempts.map(({ provider, keyId }) => `${provider.charAt(0)}/${keyId ?? ''}`);
    expect(
      told.join() === story.calls.join(),
      `the row has ${told.join()}, the upstream ${story.calls.join()}`,
    );
    const alone = foreseen && script.asks.length === 1;
    const reused = story.row.attempts.map(({ reusedSocket }) => reusedSocket);
    const tries = alone ? predict(script.plan, story.ask, reused) : triesAt(told, story.ask, reused);
    const summary = tries.map(({ place, deed, action }) => `${place} ${deed.result} ${action}`).join('; ');
    const written = story.row.attempts.map(({ result, action }, at) => `${told[at]} ${result} ${action}`);
    expect(written.join('; ') === summary, `expected ${summary}, the row has ${written.join('; ')}`);
    if (!alone) lawful(script, story, stories, tries, expect);
    complete(story, expect);
    ended(story, tries.at(-1), expect);
    return wrong;
  });
}

/** What the places that were asked in fact do, in this order. Which is the last place depends on others. */
function triesAt(places: readonly string[], ask: Ask, reused: readonly boolean[]): readonly Try[] {
  const tries: Try[] = [];
  for (const [at, place] of places.entries()) {
    const again = tries.some((one) => one.place === place);
    const deed = ask.deeds.get(place)?.[again ? 1 : 0];
    if (deed === undefined) throw new Error(`nothing is planned for ${place}`);
    const kept = reused[at] ?? false;
    const replays = deed.action === 'replay' && mayReplay(tries, kept, places[at + 1] === place);
    const action = deed.action !== 'replay' || replays ? deed.action : 'next-key';
    tries.push({ place, deed, action, reused: kept });
  }
  return tries;
}

/** Nothing is missing in a row. */
function complete({ row, seen, ask }: Story, expect: Expect): void {
  expect(row.outcome !== 'live' && row.outcome !== 'interrupted', `the row says ${row.outcome}`);
  expect(row.attemptCount === row.attempts.length, 'the count of attempts is another one');
  expect(row.doneAt !== null && row.modelAsked !== null, 'the row is not closed');
  expect(row.streamed === ask.streamed, 'the row does not know that it was a stream');
  expect((row.outcome === 'ok') === (row.errorCode === null), `${row.outcome} with code ${row.errorCode}`);
  expect(
    seen.end === 'left' ? row.status === 499 : row.status === seen.status,
    `status ${row.status} in the row`,
  );
  for (const attempt of row.attempts) {
    expect(attempt.doneAt !== null && attempt.doneAt >= attempt.startedAt, 'an attempt has no end');
    expect(attempt.keyFingerprint?.startsWith('…') === true, 'an attempt has no fingerprint');
  }
  if (seen.status === null) return;
  const header = seen.headers.get('x-switchyard-attempts') ?? '0';
  expect(header === String(row.attemptCount), `told of ${header} attempts`);
}

function ended({ row, seen, ask }: Story, last: Try | undefined, expect: Expect): void {
  const outcome = last?.deed.outcome ?? 'error';
  const text = last === undefined ? '' : textOf(last.place, ask);
  expect(row.outcome === outcome, `expected ${outcome}, the row says ${row.outcome}`);
  switch (outcome) {
    case 'client-left':
      return expect(seen.end === 'left', `the client left, and its request ended ${seen.end}`);
    case 'ok':
      expect(
        seen.status === 200 && seen.end === 'whole',
        `a good answer came as ${seen.status}, ${seen.end}`,
      );
      expect(contentOf(seen.body, ask.streamed) === text, `instead of "${text}" came ${seen.body}`);
      return expect(!ask.streamed || terminators(seen.body) === 1, `the terminator is wrong in ${seen.body}`);
    default:
      if (last?.action === 'stop') return broken(seen, text, expect);
      expect(
        (seen.status ?? 0) >= 400 && seen.end === 'whole',
        `an error came as ${seen.status}, ${seen.end}`,
      );
      expect(seen.headers.get('x-should-retry') === 'false', 'the client was not told that this is final');
      expect(explained(seen.body, last?.deed, text), `the error does not say what happened: ${seen.body}`);
  }
}

/** A stream that had begun: what came of it once, the error, and nothing that looks like its end. */
function broken(seen: Seen, text: string, expect: Expect): void {
  expect(seen.status === 200, `a stream that had begun has status ${seen.status}`);
  expect(contentOf(seen.body, true) === text, `instead of "${text}" came ${seen.body}`);
  expect(
    events(seen.body).some((event) => 'error' in event),
    `no error event in ${seen.body}`,
  );
  expect(terminators(seen.body) === 0, `a broken stream has a terminator: ${seen.body}`);
  expect(seen.end === 'broken', 'a broken stream ended as a whole one');
}

/** The words of the upstream where it had any, else those of the gateway. */
function explained(body: string, deed: Deed | undefined, text: string): boolean {
  if (!/"(?:message|error)":/.test(body) && !body.startsWith('<')) return false;
  return deed === undefined || !/^\d/.test(deed.name) || body.includes(text);
}
