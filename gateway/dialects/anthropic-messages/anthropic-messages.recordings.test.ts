/** Recorded answers of the real API, read in place; what they taught stands by hand in the unit tests. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import { isArray, isObject, parseJson, type JsonObject } from '../../core/json.ts';
import { readEvent, splitEvents } from '../../core/sse.ts';
import { createEventFramer } from '../../transport/sse.ts';
import { anthropicMessages } from './index.ts';
import { OPENAI_CHAT } from '../../core/provider.ts';
import { gather, type Gathered } from '../../testing/gather-parts.ts';

const FOLDER = fileURLToPath(new URL('../../../../shared/fixtures/', import.meta.url));
const PRESENT = existsSync(FOLDER);
const OWN = 'anthropic-messages/';

function files(...endings: readonly string[]): string[] {
  if (!PRESENT) return [];
  return readdirSync(FOLDER + OWN).filter((name) => endings.some((ending) => name.endsWith(ending)));
}

const read = (file: string): string => readFileSync(FOLDER + file, 'utf8');
const object = (value: unknown): JsonObject => (isObject(value) ? value : {});

/** Streams kept as payloads get their framing back. */
function streamOf(file: string): string {
  if (file.endsWith('.sse')) return read(OWN + file);
  return read(OWN + file)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => `event: ${String(object(parseJson(line))['type'])}\ndata: ${line}\n\n`)
    .join('');
}

function decode(stream: string | Buffer, size: number) {
  const bytes = typeof stream === 'string' ? Buffer.from(stream) : stream;
  const framer = createEventFramer();
  const decoder = anthropicMessages.decodeStream();
  const parts: StreamPart[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const events = framer.push(bytes.subarray(at, at + size));
    if (events === null) continue;
    for (const event of splitEvents(events).events) parts.push(...decoder.decode(readEvent(event)));
  }
  parts.push(...decoder.end());
  return { parts, complete: decoder.complete };
}

type Expected = Omit<Partial<Gathered>, 'text' | 'reasoning'> & {
  readonly text?: string | RegExp;
  readonly reasoning?: readonly [text: RegExp, signature: RegExp, format?: string][];
};

const PELICAN = 'pelican_name_generator';
const STREAMS: Readonly<Record<string, Expected>> = {
  'adaptive-thinking-stream.sse': {
    text: /^\n\n1\. \*\*Captain Scoop\*\*/,
    reasoning: [[/^Brief answer with two pet pelican names\.$/, /^EtAB/]],
    finish: 'stop',
  },
  'delta-usage-input-tokens.chunks.txt': { text: 'pong', finish: 'stop', tokens: [61, 0, 0, 2, 0] },
  'duplicate-message-start.chunks.txt': {
    text: 'Hello, World!',
    id: 'msg_dup',
    finish: 'stop',
    tokens: [17, 0, 0, 227, 0],
  },
  'fallback.chunks.txt': {
    text: 'The printing press was invented by Johannes Gutenberg around 1440.',
    finish: 'stop',
    tokens: [412, 0, 0, 264, 0],
  },
  'image-base64-stream.sse': { text: /\w/, finish: 'stop' },
  'prefill-stop-sequence-stream.sse': { text: /pelican/i, finish: 'stop-sequence', stopSequence: '```' },
  'redacted-thinking-stream.sse': {
    text: /a legitimate task or question\?$/,
    reasoning: [
      [/^$/, /^EqkE/, 'anthropic-redacted'],
      [/^$/, /^EtgB/, 'anthropic-redacted'],
    ],
    finish: 'stop',
    tokens: [92, 0, 0, 189, 0],
  },
  'refusal.chunks.txt': {
    text: '',
    refusal: expect.stringMatching(/^This request triggered restrictions/),
    finish: 'refused',
    tokens: [18, 0, 0, 5, 0],
  },
  'structured-output-stream.sse': { text: /^\{.*"name":.*\}$/s, finish: 'stop' },
  'text-stream.sse': { text: /Hello/i, finish: 'stop' },
  'thinking-tool-result-stream.sse': { text: /\w/, finish: 'stop' },
  'thinking-tool-use-stream.sse': {
    reasoning: [[/^The user wants me to:\n1\. Use/, /^EoQD/]],
    calls: [{ id: 'toolu_01825dXWLSoJwCst1qTsiWdb', name: 'fixed_version', input: '{}' }],
    finish: 'tool-calls',
    tokens: [598, 0, 0, 92, 53],
  },
  'tool-no-args.chunks.txt': {
    text: "I'll update the issue list for you.",
    calls: [{ id: 'toolu_01QE1WLsSVp5hy5Q3GmGTmjP', name: 'updateIssueList', input: '{}' }],
    finish: 'tool-calls',
    tokens: [565, 0, 0, 48, 0],
  },
  'tool-result-followup-stream.sse': {
    text: /feathered friend! 🦅$/,
    finish: 'stop',
    tokens: [678, 0, 0, 82, 0],
  },
  'tool-use-parallel-stream.sse': {
    calls: [
      { id: 'toolu_01LtHJmixrs9NcWQkK8hu8hj', name: PELICAN, input: '{}' },
      { id: 'toolu_01N8a4jWyf116qKTMqKKmjyt', name: PELICAN, input: '{}' },
    ],
    finish: 'tool-calls',
    tokens: [542, 0, 0, 62, 0],
  },
  'tool-use-stream.sse': {
    calls: [{ id: 'toolu_01CzN6riCPqw4pVSuTd9Dwn7', name: PELICAN, input: '{}' }],
    finish: 'tool-calls',
    tokens: [543, 0, 0, 40, 0],
  },
  'web-search-stream.sse': {
    text: /^Based on the search results, here's the current weather in San Francisco:\n\nToday \(November 15, 2025\)/,
    calls: [],
    finish: 'stop',
    tokens: [10423, 0, 0, 341, 0],
  },
};
/** The official SDK cannot read these either: the answer begins again in the middle of itself. */
const BROKEN = ['spliced-message-start.chunks.txt'];

describe.skipIf(!PRESENT)('recorded streams', () => {
  test('every one is stated here', () => {
    expect([...Object.keys(STREAMS), ...BROKEN].sort()).toEqual(files('.sse', '.chunks.txt').sort());
  });

  test.each(Object.entries(STREAMS))('%s', (file, expected) => {
    const { parts, complete } = decode(PRESENT ? streamOf(file) : '', 100);
    const seen = gather(parts);
    const { text, reasoning = [], ...rest } = expected;
    expect(complete).toBe(true);
    expect(seen).toMatchObject({ calls: [], ...rest });
    if (text !== undefined)
      expect(seen.text).toEqual(typeof text === 'string' ? text : expect.stringMatching(text));
    expect(seen.reasoning).toEqual(
      reasoning.map(([words, signature, format = 'anthropic']) => ({
        text: expect.stringMatching(words),
        signature: { format, value: expect.stringMatching(signature), id: null, origin: null },
      })),
    );
  });

  test.each(Object.keys(STREAMS))('%s: the same parts for any cut of its bytes', (file) => {
    const stream = PRESENT ? streamOf(file) : '';
    const whole = decode(stream, stream.length + 1);
    for (const size of [1, 7, 64, 1_000]) expect(decode(stream, size)).toEqual(whole);
  });

  test.each(Object.keys(STREAMS))('%s: incomplete when cut before its last event', (file) => {
    const bytes = Buffer.from(PRESENT ? streamOf(file) : '');
    const cut = decode(bytes.subarray(0, bytes.lastIndexOf('event: message_stop') - 1), 500);
    expect(cut.complete).toBe(false);
  });

  test.each([...Object.keys(STREAMS), ...BROKEN])('%s: relayed byte by byte the same', (file) => {
    const stream = Buffer.from(PRESENT ? streamOf(file) : '');
    for (const size of [1, 64, 65_536]) {
      const framer = createEventFramer();
      const observer = anthropicMessages.observeStream({ withholdUsage: false });
      const relayed: Uint8Array[] = [];
      let content = false;
      let complete = false;
      for (let at = 0; at < stream.length; at += size) {
        const events = framer.push(stream.subarray(at, at + size));
        if (events === null) continue;
        const seen = observer.observe(events);
        relayed.push(seen.relay);
        content ||= seen.content;
        complete ||= seen.complete;
        expect(seen.error).toBeNull();
      }
      expect(Buffer.concat(relayed).equals(stream)).toBe(true);
      expect([content, complete]).toEqual([true, true]);
      const tokens = STREAMS[file]?.tokens;
      const { usage, finishReason } = observer.facts();
      expect(finishReason).toEqual(expect.any(String));
      if (tokens !== undefined) expect([usage?.input, usage?.output]).toEqual([tokens[0], tokens[3]]);
    }
  });

  test('sources of a web search are told with the text they stand behind', () => {
    const { text, citations } = gather(decode(PRESENT ? streamOf('web-search-stream.sse') : '', 100).parts);
    const [first] = citations;
    expect(first?.url).toBe('https://www.wunderground.com/hourly/us/ca/san-francisco');
    expect(text.slice(first?.start, first?.end)).toMatch(/^Today \(November 15, 2025\).*63°F\.$/s);
  });

  test('an answer that begins again in its middle is an error, not two answers in one', () => {
    const { parts } = decode(PRESENT ? streamOf(BROKEN[0] ?? '') : '', 100);
    const error = parts.find(({ kind }) => kind === 'error');
    expect(error).toMatchObject({
      error: { type: 'api_error', message: expect.stringMatching(/began its answer again/) },
    });
  });
});

/** A recording is an exchange, or the bare body of the answer. */
function answerOf(file: string): { readonly status: number; readonly body: JsonObject } {
  const recorded = object(parseJson(read(file)));
  const response = object(recorded['response']);
  const { status, body } = response;
  return typeof status === 'number' ? { status, body: object(body) } : { status: 200, body: recorded };
}

const ANSWERS: Readonly<Record<string, Expected>> = {
  'compaction.json': {
    text: /^Based on our conversation history/,
    finish: 'stop',
    // 682 and 1,320 of the answer, the rest of the compaction before it.
    tokens: [61_067, 0, 0, 1_912, 0],
  },
  'context-management.json': {
    text: /^\n\nHere's a comparison/,
    finish: 'stop',
    tokens: [859, 0, 0, 132, 0],
  },
  'text.json': { text: /^Hello! I'm doing well/, finish: 'stop', tokens: [12, 0, 0, 29, 0] },
  'tool-use-parallel.json': {
    text: /^I'll help you find out/,
    calls: ['Alice', 'Bob', 'Charlie', 'Daisy'].map((name) => ({
      id: expect.stringMatching(/^toolu_/),
      name: 'retrieve_entity_info',
      input: JSON.stringify({ name }),
    })),
    finish: 'tool-calls',
    tokens: [423, 0, 0, 202, 0],
  },
  'web-fetch-error.json': {
    text: /^I'll fetch the PDF document.*I'm unable to access/s,
    finish: 'stop',
    tokens: [1902, 0, 0, 214, 0],
  },
};

describe.skipIf(!PRESENT)('recorded answers', () => {
  test('every one is stated here', () => {
    const answers = files('.json').filter((name) => name !== 'count-tokens.json');
    expect(answers.sort()).toEqual(Object.keys(ANSWERS).sort());
  });

  test.each(Object.entries(ANSWERS))('%s', (file, { text = /^/, ...rest }) => {
    const { body } = answerOf(PRESENT ? OWN + file : '');
    const json = JSON.stringify(body);
    const verdict = anthropicMessages.judgeAnswer(Buffer.from(json), 'application/json');
    if (verdict.kind !== 'answer') throw new Error(JSON.stringify(verdict));
    expect(verdict.facts).toMatchObject({ model: body['model'], finishReason: body['stop_reason'] });
    const seen = gather(anthropicMessages.decodeAnswer(body));
    expect(seen).toMatchObject({ calls: [], reasoning: [], ...rest, text: expect.stringMatching(text) });
    expect(verdict.facts.usage).toEqual(seen.usage);
    for (const length of [0, 1, Math.floor(json.length / 2), json.length - 1]) {
      const half = Buffer.from(json).subarray(0, length);
      expect(anthropicMessages.judgeAnswer(half, 'application/json').kind).toBe('invalid');
    }
  });

  test('a count of tokens', () => {
    const { body } = answerOf(PRESENT ? `${OWN}count-tokens.json` : '');
    expect(anthropicMessages.counting?.read(body)).toBe(body['input_tokens']);
  });
});

/** Requests the real API took. */
function recordedRequests(): readonly (readonly [string, JsonObject])[] {
  if (!PRESENT) return [];
  const listed = parseJson(read('manifest.json'));
  const ofStreams = (isArray(listed) ? listed : [])
    .filter(isObject)
    .filter(({ file }) => String(file).startsWith(OWN))
    .map((entry) => [String(entry['file']), object(object(entry['request'])['body'])] as const);
  const ofAnswers = files('.json').map(
    (name) => [name, object(object(object(parseJson(read(OWN + name)))['request'])['body'])] as const,
  );
  return [...ofStreams, ...ofAnswers].filter(([, body]) => isArray(body['messages']));
}

describe.skipIf(!PRESENT)('recorded requests', () => {
  test.each(recordedRequests())('%s: read and written again it says the same', (_, body) => {
    const model = String(body['model']);
    const facts = { model, streamed: body['stream'] === true, usageAsked: true };
    const ignore = (): void => undefined;
    const target = { provider: 'anthropic', name: 'anthropic', model, facts: {}, chat: OPENAI_CHAT };
    const canonical = anthropicMessages.decodeRequest(body, facts, ignore);
    const written = anthropicMessages.encodeRequest(canonical, target, ignore);
    expect(anthropicMessages.decodeRequest(written, facts, ignore)).toEqual({
      ...canonical,
      tools: canonical.tools.filter(({ kind }) => kind !== 'hosted'),
      settings: {
        ...canonical.settings,
        maxTokens: expect.any(Number),
        temperature: written['temperature'] ?? null,
      },
      turns: expect.any(Array),
    });
    expect(written['messages']).toHaveLength(isArray(body['messages']) ? body['messages'].length : -1);
  });
});

describe.skipIf(!PRESENT)('recorded errors', () => {
  test.each(['anthropic-400-invalid-request', 'anthropic-404-model', 'anthropic-count-tokens-404'])(
    '%s',
    (name) => {
      const { status, body } = answerOf(PRESENT ? `errors/${name}.json` : '');
      const error = object(body['error']);
      expect(anthropicMessages.readError(status, Buffer.from(JSON.stringify(body)))).toEqual({
        status,
        code: '',
        type: error['type'],
        message: error['message'],
        details: { request_id: body['request_id'] },
      });
    },
  );

  test('overload in the middle of a stream', () => {
    const { parts, complete } = decode(PRESENT ? read('errors/anthropic-midstream-overloaded.sse') : '', 10);
    expect(parts.at(-1)).toMatchObject({
      kind: 'error',
      error: { type: 'overloaded_error', message: 'Overloaded' },
    });
    expect(complete).toBe(false);
  });
});
