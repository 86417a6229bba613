/** What every stand-in does in each scenario, so that a test says the same for all of them. */
import { isObject } from '../../core/json.ts';
import type { Memory } from './memory.ts';
import type { Answer, Finish, Piece, Play, Seen, Spent } from './scene.ts';

export const SPENT: Spent = { input: 21, cached: 0, output: 9, reasoning: 0 };
export const SPENT_CACHED: Spent = { input: 1_500, cached: 1_024, output: 12, reasoning: 0 };
export const SPENT_THINKING: Spent = { input: 30, cached: 0, output: 48, reasoning: 32 };

export const HELLO = ['Hello ', 'from the ', 'upstream: ü € 😀.'];
export const THOUGHT = ['Let me ', 'think about ', 'it.'];
/** Large enough for many pieces, with all that is hard to escape. */
export const LONG_INPUT = {
  path: 'notes/ü€😀.txt',
  text: `line one\n"quoted" \\ back\tslash </tag> ${'word '.repeat(60)}`,
  nested: { list: [1, 2.5, -3], nothing: null, yes: true },
};
export const CITY_ANSWER = { city: 'Paris', degrees: 7 };
const MEGABYTE = 1024 * 1024;
/** Of which `large` and its like are made: 16 letters, over and over. */
export const LETTERS = 'abcdefghijklmnop';
const LARGE_PIECE = LETTERS.repeat(2_048);

const answer = (pieces: readonly Piece[], finish: Finish = 'stop', spent: Spent = SPENT): Answer => ({
  pieces,
  finish,
  spent,
});
const say = (...deltas: readonly string[]): Piece => ({ kind: 'text', deltas });
const call = (name: string, input: Readonly<Record<string, unknown>>, deltas = 3): Piece => ({
  kind: 'call',
  name,
  input,
  deltas,
});
const think: Piece = { kind: 'thinking', deltas: THOUGHT };
const plain = (...deltas: readonly string[]): Play => ({ kind: 'answer', answer: answer([say(...deltas)]) });
const calling = (pieces: readonly Piece[], spent: Spent = SPENT): Play => ({
  kind: 'answer',
  answer: answer(pieces, 'calls', spent),
});

/** What came back for the calls, in order, and whether the ids are the ones given out. */
function results({ calls, results: given }: Seen, memory: Memory): Play {
  const foreign = calls.filter(({ id }) => id !== null && !memory.issuedCall(id)).length;
  const texts = given.map(({ text, images }) => [plainText(text), ...images].join('+'));
  return plain('results: ', texts.join(' | '), foreign > 0 ? ` (${foreign} foreign ids)` : '');
}

/** Some clients wrap what a tool gave into an object; a model reads that as well. */
function plainText(text: string): string {
  if (!text.startsWith('{')) return text;
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) return text;
  const inner = value['output'] ?? value['content'] ?? value['result'];
  return typeof inner === 'string' ? inner : text;
}

type Scenario = (seen: Seen, memory: Memory) => Play;

const onceCalled =
  (first: (seen: Seen) => Play): Scenario =>
  (seen, memory) =>
    seen.results.length === 0 ? first(seen) : results(seen, memory);

const toldChoice = (seen: Seen): string =>
  `choice=${seen.choice ?? 'none said'} tools=${seen.tools.map(({ name }) => name).join(',')}`;

const BROKEN = answer([say('first part, ', 'second part, ', 'third part')]);

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  text: () => plain(...HELLO),
  system: ({ system }) => plain('system=', system),
  'max-tokens': ({ maxTokens }) => plain(`maxTokens=${maxTokens ?? 'none'}`),
  tool: onceCalled(() => calling([call('get_weather', { city: 'Paris' })])),
  'tool-after-text': onceCalled(() =>
    calling([say('I will ', 'look.'), call('get_weather', { city: 'Paris' })]),
  ),
  'no-arguments': onceCalled(() => calling([call('get_time', {}, 0)])),
  parallel: onceCalled(() =>
    calling([call('get_weather', { city: 'Paris' }), call('get_time', { zone: 'Europe/Paris' })]),
  ),
  'long-arguments': onceCalled(() => calling([call('write_file', LONG_INPUT, 25)])),
  forced: onceCalled((seen) =>
    seen.choice === 'only get_weather' || seen.choice === 'required'
      ? calling([call('get_weather', { city: seen.choice })])
      : plain(toldChoice(seen)),
  ),
  choice: (seen) => plain(toldChoice(seen)),
  parallelism: ({ parallel }) => plain(`parallel=${parallel ?? 'none said'}`),
  image: ({ media }) => plain(`media=${media.join(', ')}`),
  schema: ({ schema, tools }) => {
    // Older programs ask for the answer as the arguments of a tool.
    if (tools.some(({ name }) => name === 'json')) return calling([call('json', CITY_ANSWER)]);
    return plain(...(schema === null ? ['no schema'] : ['{"city":"Pa', 'ris","degrees":7}']));
  },
  thinking: (seen) => ({
    kind: 'answer',
    answer: seen.thinking
      ? answer([think, say('Thought ', 'about it.')], 'stop', SPENT_THINKING)
      : answer([say('nobody asked me to think')]),
  }),
  'thinking-again': ({ thoughts }) => plain(`thoughts returned: ${thoughts}`),
  'thinking-tool': (seen, memory) =>
    seen.results.length === 0
      ? calling([think, call('get_weather', { city: 'Paris' })], SPENT_THINKING)
      : seen.results.length === 1 && seen.argument.startsWith('two')
        ? calling([think, call('get_time', { zone: 'Europe/Paris' })], SPENT_THINKING)
        : thoughtful(results(seen, memory), seen),
  'thinking-parallel': (seen, memory) =>
    seen.results.length === 0
      ? calling(
          [think, call('get_weather', { city: 'Paris' }), call('get_time', { zone: 'Europe/Paris' })],
          SPENT_THINKING,
        )
      : thoughtful(results(seen, memory), seen),
  custom: (seen, memory) =>
    seen.results.length === 0
      ? calling([
          seen.tools.some(({ name, custom }) => name === 'apply_patch' && custom)
            ? { kind: 'custom-call', name: 'apply_patch', input: '*** Begin Patch\n"x" = \\n\n*** End' }
            : call('apply_patch', { input: '*** Begin Patch\n"x" = \\n\n*** End' }),
        ])
      : results(seen, memory),
  namespaced: onceCalled(({ tools }) => {
    const name =
      tools.find(({ description }) => description.startsWith('Looks a word up'))?.name ?? 'no such tool';
    return calling([call(name, { word: 'gateway' })]);
  }),
  length: () => ({ kind: 'answer', answer: answer([say('As long as ', 'it may')], 'length') }),
  refusal: () => ({
    kind: 'answer',
    answer: answer([{ kind: 'refusal', text: 'I cannot help with that.' }], 'refused'),
  }),
  filtered: () => ({ kind: 'answer', answer: answer([say('Some ', 'words')], 'filtered') }),
  cached: () => ({ kind: 'answer', answer: answer([say('From ', 'the cache')], 'stop', SPENT_CACHED) }),
  'stream-error': () => ({ kind: 'error-after', answer: BROKEN, text: 'second part' }),
  'stream-cut': () => ({ kind: 'cut-after', answer: BROKEN, text: 'second part' }),
  'stream-short': () => ({ kind: 'short-after', answer: BROKEN, text: 'second part' }),
  pause: () => ({ kind: 'pause-after', answer: BROKEN, text: 'first part' }),
  // The argument is the size, MB.
  large: ({ argument }) =>
    plain(...Array.from({ length: (Number(argument) * MEGABYTE) / LARGE_PIECE.length }, () => LARGE_PIECE)),
};

/** Says behind the results how many thoughts came back. */
function thoughtful(play: Play, { thoughts }: Seen): Play {
  if (play.kind !== 'answer') return play;
  const told = say(`, thoughts returned: ${thoughts}`);
  return { kind: 'answer', answer: { ...play.answer, pieces: [...play.answer.pieces, told] } };
}

export function play(seen: Seen, memory: Memory): Play {
  const status = /^error-(\d{3})$/.exec(seen.scenario)?.[1];
  if (status !== undefined) return { kind: 'error', status: Number(status) };
  const scenario = Object.hasOwn(SCENARIOS, seen.scenario) ? SCENARIOS[seen.scenario] : undefined;
  return scenario === undefined
    ? plain(`no scenario ${seen.scenario}`)
    : veiled(scenario(seen, memory), seen);
}

/** Thoughts that nobody wants to see are only signed. */
function veiled(play: Play, { shown }: Seen): Play {
  if (shown || play.kind !== 'answer') return play;
  const pieces = play.answer.pieces.map((piece) =>
    piece.kind === 'thinking' ? { ...piece, deltas: [] } : piece,
  );
  return { kind: 'answer', answer: { ...play.answer, pieces } };
}
