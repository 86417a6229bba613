import { describe, expect, test } from 'vitest';
import type { ObservedEvents } from '../../core/dialect.ts';
import type { ResponseFacts } from '../../core/usage.ts';
import { observeStream } from './stream.ts';

const data = (value: unknown): string =>
  `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;
const choice = (delta: unknown, finish: string | null = null) => ({
  choices: [{ index: 0, delta, finish_reason: finish }],
});
const TEXT = data(choice({ content: 'Hi' }));
const START = data(choice({ role: 'assistant', content: '', refusal: null }));
const FINISH = data(choice({}, 'stop'));
const DONE = data('[DONE]');
const COUNTS = { prompt_tokens: 3, completion_tokens: 4 };
const USAGE = data({ choices: [], usage: COUNTS });
const TOKENS = { input: 3, cacheRead: 0, cacheWrite: 0, output: 4, reasoning: 0 };

interface Told extends Omit<ObservedEvents, 'relay' | 'errorBytes'> {
  readonly relay: string;
  readonly errorBytes: string | null;
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

/** Observes one run after another; answers what was told of the last one. */
function observe(
  runs: readonly string[],
  withholdUsage = false,
): { readonly last: Told; readonly facts: ResponseFacts } {
  const observer = observeStream({ withholdUsage });
  let last: ObservedEvents | undefined;
  for (const run of runs) last = observer.observe(Buffer.from(run));
  if (last === undefined) throw new Error('nothing was observed');
  const errorBytes = last.errorBytes === null ? null : text(last.errorBytes);
  return { last: { ...last, relay: text(last.relay), errorBytes }, facts: observer.facts() };
}

describe('content', () => {
  test.each([
    ['text', choice({ content: 'a' })],
    ['reasoning', choice({ content: '', reasoning: 'a' })],
    ['reasoning content', choice({ reasoning_content: 'a' })],
    ['reasoning details', choice({ reasoning_details: [{ type: 'reasoning.encrypted', data: 'x' }] })],
    ['a refusal', choice({ content: null, refusal: 'No' })],
    ['a tool call', choice({ tool_calls: [{ index: 0, function: { name: 'f', arguments: '' } }] })],
    ['an old function call', choice({ function_call: { name: 'f' } })],
    ['audio', choice({ audio: { id: 'a' } })],
    ['images', choice({ images: [{ image_url: {} }] })],
    [
      'thinking in an array (Mistral)',
      choice({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'a' }] }] }),
    ],
    ['a finish', choice({}, 'length')],
    [
      'a second choice',
      {
        choices: [
          { index: 0, delta: {} },
          { index: 1, delta: { content: 'b' } },
        ],
      },
    ],
  ])('%s is content', (_, chunk) => {
    expect(observe([data(chunk)]).last.content).toBe(true);
  });

  test.each([
    ['the role', choice({ role: 'assistant', content: '', refusal: null })],
    ['nothing', choice({})],
    ['a repeated index (Mistral)', choice({ index: 0, content: '' })],
    ['empty lists', choice({ role: 'assistant', reasoning: null, reasoning_details: [], tool_calls: [] })],
    [
      'filter results before the answer (Azure)',
      { choices: [], model: '', prompt_filter_results: [{ prompt_index: 0 }] },
    ],
    ['usage', { choices: [], usage: COUNTS }],
    ['an empty finish', { choices: [{ delta: {}, finish_reason: '' }] }],
    ['no delta', { choices: [{ index: 0 }] }],
    ['something else', { object: 'ping' }],
  ])('%s is none', (_, chunk) => {
    expect(observe([data(chunk)]).last).toMatchObject({ content: false, alive: true, error: null });
  });

  test('what cannot be read is passed on and is none', () => {
    const run = data('{"choices":[{"delta":{"content"');
    expect(observe([run]).last).toMatchObject({ content: false, alive: true, relay: run, error: null });
  });

  test('once seen it stays', () => {
    expect(observe([START, TEXT, START]).last.content).toBe(true);
  });
});

describe('signs of life', () => {
  test.each([[': OPENROUTER PROCESSING\n\n'], ['\n'], [':\n:\n\n'], ['retry: 3000\n\n']])(
    '%j is none',
    (run) => {
      for (const runs of [[run], [TEXT, run]]) {
        expect(observe(runs).last).toMatchObject({ alive: false, relay: run, error: null });
      }
    },
  );

  test('an event behind a comment is one', () => {
    expect(observe([`: x\n\n${START}`]).last.alive).toBe(true);
    expect(observe([TEXT, `: x\n${TEXT}`]).last.alive).toBe(true);
  });
});

describe('relay', () => {
  test('is the very same memory before and after content', () => {
    const observer = observeStream({ withholdUsage: true });
    for (const run of [START, `: c\n\n${TEXT}`, TEXT + TEXT, FINISH, DONE]) {
      const bytes = Buffer.from(run);
      expect(observer.observe(bytes).relay).toBe(bytes);
    }
  });

  test('plain typed arrays do as well as buffers', () => {
    const observer = observeStream({ withholdUsage: false });
    for (const run of [TEXT, TEXT, USAGE]) observer.observe(Uint8Array.from(Buffer.from(run)));
    expect(observer.facts().usage).toEqual(TOKENS);
  });
});

describe('facts', () => {
  const SPACED = 'data: {"choices": [], "usage" : {"prompt_tokens": 3, "completion_tokens": 4}}\n\n';

  test.each([
    ['an event of its own', [USAGE]],
    ['with spaces', [SPACED]],
    ['without a space behind data', [USAGE.replace('data: ', 'data:')]],
    ['with CRLF', [USAGE.replaceAll('\n', '\r\n')]],
    [
      'in several data lines',
      ['data: {"choices":[],\ndata: "usage":\ndata: {"prompt_tokens":3,"completion_tokens":4}}\n\n'],
    ],
    ['beside the finish', [data({ ...choice({}, 'stop'), usage: COUNTS })]],
    ['in x_groq', [data({ ...choice({}, 'stop'), x_groq: { usage: COUNTS } })]],
    ['after nulls', [data({ ...choice({ content: 'a' }), usage: null }), USAGE]],
    [
      'the last one counts',
      [data({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 1 } }), USAGE],
    ],
    ['in the middle of a run', [TEXT + USAGE + DONE]],
    [
      'in every event',
      [
        data({ ...choice({ content: 'a' }), usage: { prompt_tokens: 3, completion_tokens: 1 } }),
        data({ ...choice({ content: 'b' }), usage: COUNTS }),
      ],
    ],
  ])('usage %s', (_, runs) => {
    expect(observe([START, TEXT, ...runs]).facts.usage).toEqual(TOKENS);
    expect(observe(runs).facts.usage).toEqual(TOKENS);
  });

  test('usage that was null stays unknown', () => {
    expect(observe([TEXT, data({ ...choice({}, 'stop'), usage: null }), DONE]).facts).toEqual({
      usage: null,
      finishReason: 'stop',
      model: null,
    });
  });

  test.each([
    ['a signature', { type: 'reasoning.text', text: '', signature: 'EqQB' }],
    ['what is encrypted', { type: 'reasoning.encrypted', data: 'gAAAA' }],
  ])('%s in the middle is told for good', (_, entry) => {
    const signing = data(choice({ reasoning_details: [entry] }));
    expect(observe([TEXT, signing, TEXT, data(choice({}, 'stop')), DONE]).facts.signed).toBe(true);
  });

  test('text that quotes a marker is no marker', () => {
    const quoted = data(
      choice({
        content:
          '"usage":{"prompt_tokens":99,"completion_tokens":99},"error":{"message":"x"},"finish_reason":"length"',
      }),
    );
    const exact = data(choice({ content: 'usage' }));
    const calls = data(
      choice({
        tool_calls: [
          { index: 0, function: { arguments: '{"error":{"code":1},"usage":{"prompt_tokens":1}}' } },
        ],
      }),
    );
    for (const runs of [
      [quoted, exact, calls],
      [TEXT, quoted, exact, calls],
    ]) {
      const { last, facts } = observe(runs);
      expect(last.error).toBeNull();
      expect(facts).toEqual({ usage: null, finishReason: null, model: null });
    }
  });

  test('text with the terminator in it ends nothing', () => {
    expect(observe([TEXT, data(choice({ content: 'say [DONE] and event: error' }))]).last).toMatchObject({
      complete: false,
      error: null,
    });
  });

  test('the model is the one that answered, not the empty name of Azure before it', () => {
    const { facts } = observe([
      data({ choices: [], model: '' }),
      data({ ...choice({ content: 'a' }), model: 'gpt-5-nano' }),
    ]);
    expect(facts.model).toBe('gpt-5-nano');
  });
});

describe('the terminator', () => {
  test.each([
    [DONE],
    ['data:[DONE]\n\n'],
    ['data: [DONE]\r\n\r\n'],
    ['data: [DONE]\n'],
    ['data: [DONE]'],
    [FINISH + DONE],
  ])('%j completes the stream and is relayed', (run) => {
    for (const runs of [[run], [TEXT, run]])
      expect(observe(runs).last).toMatchObject({ complete: true, relay: run });
  });

  test('an event without an end is not relayed, its counts are read all the same', () => {
    expect(observe([TEXT, 'data: {"choices":[{"del']).last).toMatchObject({ relay: '', complete: false });
    expect(observe([START, TEXT.trimEnd()]).last).toMatchObject({ relay: '', content: false });
    expect(observe([TEXT, `${TEXT}data: {"choi`]).last.relay).toBe(TEXT);
    const { last, facts } = observe([TEXT, USAGE.trimEnd()]);
    expect(last).toMatchObject({ relay: '', complete: false });
    expect(facts.usage).toEqual(TOKENS);
  });
});

describe('withheld usage', () => {
  test('exactly that event is left out', () => {
    const { last, facts } = observe([START, TEXT, FINISH + USAGE + DONE], true);
    expect(last).toMatchObject({ relay: FINISH + DONE, complete: true, alive: true });
    expect(facts).toMatchObject({ usage: TOKENS, finishReason: 'stop' });
  });

  test('alone in its run nothing is left to relay', () => {
    expect(observe([TEXT, USAGE], true).last).toMatchObject({ relay: '', alive: true });
  });

  test('comments that share its bytes stay', () => {
    expect(observe([TEXT, `: one\n\n: two\n${USAGE}`], true).last.relay).toBe(': one\n\n: two\n\n');
  });

  test('nothing is left out unless the gateway asked', () => {
    expect(observe([TEXT, USAGE]).last.relay).toBe(USAGE);
  });

  test.each([
    ['null usage', { choices: [], usage: null }],
    ['filter results (Azure)', { choices: [], prompt_filter_results: [] }],
    ['the finish with usage', { ...choice({}, 'stop'), usage: COUNTS }],
    ['usage without choices', { usage: COUNTS }],
  ])('%s is relayed', (_, chunk) => {
    expect(observe([TEXT, data(chunk)], true).last.relay).toBe(data(chunk));
  });
});

describe('errors', () => {
  test.each([
    [
      'OpenAI',
      data({ error: { message: 'Overloaded', type: 'server_error', code: null } }),
      'Overloaded',
      '',
    ],
    [
      'OpenRouter, beside choices',
      data({ error: { code: 429, message: 'Slow' }, ...choice({ content: '' }, 'error') }),
      'Slow',
      '429',
    ],
    [
      'in a choice',
      data({ choices: [{ delta: {}, finish_reason: 'error', error: { message: 'Died', code: 502 } }] }),
      'Died',
      '502',
    ],
    [
      'a finish that says error (Mistral)',
      data(choice({}, 'error')),
      'The answer ended with the finish reason "error".',
      '',
    ],
    ['a plain string', data({ error: 'no such model' }), 'no such model', ''],
    ['the error itself (vLLM)', data({ object: 'error', message: 'No room', code: 400 }), 'No room', '400'],
    ['named by its event line', 'event: error\ndata: {"message":"Overloaded"}\n\n', 'Overloaded', ''],
    ['named, not JSON', 'event:error\ndata: out of memory\n\n', 'out of memory', ''],
    ['named behind its data', 'data: {"message":"Late"}\nevent: error\n\n', 'Late', ''],
  ])('%s', (_, run, message, code) => {
    for (const [runs, content] of [[[START, run], false] as const, [[TEXT, run], true] as const]) {
      expect(observe(runs).last).toMatchObject({
        content,
        alive: true,
        relay: '',
        errorBytes: run,
        error: { status: 200, message, code },
      });
    }
  });

  test.each([
    ['null', data({ ...choice({ content: 'a' }), error: null })],
    [
      'in filter results (Azure)',
      data({
        choices: [
          { delta: { content: 'a' }, content_filter_result: { error: { code: 'content_filter_error' } } },
        ],
      }),
    ],
  ])('%s is none', (_, run) => {
    for (const runs of [[run], [TEXT, run]])
      expect(observe(runs).last).toMatchObject({ error: null, relay: run });
  });

  test('what came before is relayed, what follows belongs to the error', () => {
    const error = data({ error: { message: 'x' } });
    const { last } = observe([TEXT + error + TEXT + DONE]);
    expect(last).toMatchObject({
      content: true,
      relay: TEXT,
      errorBytes: error + TEXT + DONE,
      complete: true,
    });
  });

  test('content behind an error is no beginning', () => {
    expect(observe([START + data({ error: { message: 'x' } }) + TEXT]).last.content).toBe(false);
  });

  test('counts in the error event are read', () => {
    const { facts } = observe(
      [TEXT, data({ error: { code: 400, message: 'Token limit reached' }, choices: [], usage: COUNTS })],
      true,
    );
    expect(facts.usage).toEqual(TOKENS);
  });

  test('an error without its blank line is still one and gets it', () => {
    const run = 'data: {"error":{"message":"x"}}';
    expect(observe([TEXT, run]).last).toMatchObject({ error: { message: 'x' }, errorBytes: `${run}\n\n` });
  });

  test.each([['data: {"error":{"mess'], ['event: error\ndata: {"mess']])(
    'half an error, %j, is only a cut',
    (run) => {
      expect(observe([TEXT, run]).last).toMatchObject({ error: null, relay: '', complete: false });
    },
  );
});

test('a byte order mark opens a stream without hiding its first event', () => {
  const run = `\uFEFF${TEXT}`;
  expect(observe([run]).last).toMatchObject({ content: true, relay: run, alive: true });
});
