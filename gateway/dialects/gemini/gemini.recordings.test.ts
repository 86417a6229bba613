/** Recorded answers of Gemini, read in place; what they taught stands by hand in the unit tests. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import { isArray, isObject, parseJson, type JsonObject } from '../../core/json.ts';
import { readError } from '../../core/read-error.ts';
import { readEvent, splitEvents } from '../../core/sse.ts';
import { gather } from '../../testing/gather-parts.ts';
import { createEventFramer } from '../../transport/sse.ts';
import { counting } from './counting.ts';
import { decodeRequest } from './decode-request.ts';
import { decodeAnswer, decodeStream } from './decode-stream.ts';
import { readModels } from './models.ts';
import { judgeAnswer } from './response.ts';
import { observeStream } from './stream.ts';

const FOLDER = fileURLToPath(new URL('../../../../shared/fixtures/', import.meta.url));
const PRESENT = existsSync(FOLDER);
const ARRAY = 'stream-without-alt-sse-jsonarray.json';

const names = (folder: string): readonly string[] =>
  PRESENT ? readdirSync(FOLDER + folder).filter((name) => name !== 'README.md') : [];
const read = (file: string): string => (PRESENT ? readFileSync(FOLDER + file, 'utf8') : '{}');
const object = (value: unknown): JsonObject => (isObject(value) ? value : {});
const recorded = (file: string): JsonObject => object(object(parseJson(read(file)))['response']);
const STREAMS = names('gemini').filter((name) => name === ARRAY || !name.endsWith('.json'));
const ANSWERS = names('gemini').filter((name) => !STREAMS.includes(name) && name !== 'count-tokens.json');

/** The array and the bare payloads get the framing of `alt=sse`. */
function streamOf(name: string): string {
  const text = read(`gemini/${name}`);
  if (name.endsWith('.sse')) return text;
  if (name !== ARRAY) {
    const lines = text.split('\n').filter((line) => line !== '');
    return lines.map((line) => `data: ${line}\r\n\r\n`).join('');
  }
  const body = recorded(`gemini/${name}`)['body'];
  const chunks: unknown = typeof body === 'string' ? parseJson(body) : body;
  return (isArray(chunks) ? chunks : []).map((chunk) => `data: ${JSON.stringify(chunk)}\r\n\r\n`).join('');
}

/** What stands in the files, found by looking. */
const EXPECTED: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'cached-content.json': { text: 'Paris.', finish: 'stop', tokens: [3_520, 3_512, 0, 53, 51] },
  'code-execution-stream.sse': { finish: 'stop', tokens: [507, 0, 0, 276, 168] },
  'google-search-stream.sse': { finish: 'stop', tokens: [119, 0, 0, 653, 412] },
  'max-tokens-empty-thinking.json': { text: '', finish: 'length', tokens: [15, 0, 0, 2, 2] },
  'max-tokens.json': { text: 'The capital of France is', finish: 'length', tokens: [15, 0, 0, 5, 0] },
  'prompt-blocked.json': {
    text: '',
    refusal: 'The prompt violated Prompt Injection and Jailbreak filters.',
    finish: 'filtered',
    usage: null,
  },
  'reasoning-gemini3.chunks.txt': {
    text: 'There are **3** "r"s in strawberry.\n\nSt**r**awbe**rr**y',
    finish: 'stop',
    tokens: [9, 0, 0, 325, 302],
  },
  'safety-block.json': { text: '', finish: 'filtered', tokens: [14, 0, 0, 0, 0] },
  'stream-function-call-arguments.chunks.txt': {
    calls: [
      { id: 'call_dqHOab6xGLzWodAPkPuViA4_0', name: 'getWeather', input: '{"location":"Boston"}' },
      { id: 'call_dqHOab6xGLzWodAPkPuViA4_1', name: 'getWeather', input: '{"location":"San Francisco"}' },
    ],
    finish: 'tool-calls',
    tokens: [26, 0, 0, 155, 132],
  },
  'stream-usage-live.sse': {
    text: Array.from({ length: 30 }, (_, index) => index + 1).join('\n'),
    finish: 'stop',
    tokens: [18, 0, 0, 115, 35],
  },
  [ARRAY]: { text: 'Scoop', finish: 'stop', tokens: [11, 0, 0, 293, 291] },
  'structured-output-tools-stream.sse': {
    calls: [{ id: '96c1su3s', name: 'get_user_country', input: '{}' }],
    finish: 'tool-calls',
    tokens: [29, 0, 0, 81, 69],
  },
  'text-stream.sse': {
    text: 'The capital of France is Paris.\n',
    finish: 'stop',
    tokens: [13, 0, 0, 8, 0],
  },
  'thinking-stream.sse': { finish: 'stop', tokens: [34, 0, 0, 1_256, 787] },
  'tool-call-gemini3.chunks.txt': {
    calls: [{ id: 'call_QHiLaa6LBrb8vdIPoNztsAg_0', name: 'weather', input: '{"location":"San Francisco"}' }],
    finish: 'tool-calls',
    tokens: [29, 0, 0, 819, 804],
  },
  'tool-call-no-args.chunks.txt': {
    calls: ['{}', '{"id":"A"}', '{"id":"B"}', '{"id":"C"}'].map((input, index) => ({
      id: `call__vr4aYiWEJnYodAPkujX0QM_${index}`,
      name: index === 0 ? 'read_theme' : 'read_screen',
      input,
    })),
    finish: 'tool-calls',
    tokens: [249, 0, 0, 241, 183],
  },
  'tool-call-thought-signature-stream-followup.sse': {
    text: 'The capital of Mexico is Mexico City.',
    finish: 'stop',
    tokens: [257, 0, 0, 8, 0],
  },
  'tool-call-thought-signature-stream.sse': {
    calls: [{ id: 'call_QUVVadTSNJ6_qtsPvN7J8Q0_0', name: 'get_country', input: '{}' }],
    finish: 'tool-calls',
    tokens: [29, 0, 0, 212, 202],
  },
  'tool-calls-parallel.json': {
    calls: [0, 1, 2].map((index) => ({
      id: `call_wOd8abGuO5rgz7IP5tLEGA_${index}`,
      name: 'generate_topic',
      input: '{}',
    })),
    finish: 'tool-calls',
    tokens: [83, 0, 0, 220, 190],
  },
};

/** Parts of a stream cut into pieces of the given size, and what the relay's observer made of it. */
function follow(bytes: Buffer, size: number, framing: 'sse' | 'json-array' = 'sse') {
  const framer = createEventFramer();
  const decoder = decodeStream();
  const observer = observeStream({ framing });
  const parts: StreamPart[] = [];
  const relayed: Uint8Array[] = [];
  const take = (events: Uint8Array | null): void => {
    if (events === null) return;
    relayed.push(observer.observe(events).relay);
    for (const event of splitEvents(events).events) parts.push(...decoder.decode(readEvent(event)));
  };
  for (let at = 0; at < bytes.length; at += size) take(framer.push(bytes.subarray(at, at + size)));
  const rest = framer.rest();
  if (rest !== null) relayed.push(observer.observe(rest).relay);
  expect(decoder.complete).toBe(false);
  parts.push(...decoder.end());
  const last = observer.ended();
  return {
    parts,
    relay: Buffer.concat([...relayed, last.relay]).toString(),
    complete: last.complete,
    decoded: decoder.complete,
    content: last.content,
    facts: observer.facts(),
  };
}

describe.skipIf(!PRESENT)('recorded streams', () => {
  describe.each(STREAMS)('%s', (name) => {
    const stream = streamOf(name);
    const bytes = Buffer.from(stream);

    test('says what stands in it', () => {
      const { parts, decoded } = follow(bytes, bytes.length);
      expect(EXPECTED).toHaveProperty([name]);
      expect(gather(parts)).toMatchObject(EXPECTED[name] ?? {});
      expect(decoded).toBe(true);
    });

    test.each([1, 7, 64, 1_000])('the same in pieces of %i bytes, and relayed byte by byte', (size) => {
      const seen = follow(bytes, size);
      const whole = follow(bytes, bytes.length);
      expect(seen.parts).toEqual(whole.parts);
      expect(seen).toMatchObject({ relay: stream, content: true, complete: true });
      expect(seen.facts).toEqual(whole.facts);
      expect(seen.facts.usage).toEqual(gather(seen.parts).usage);
    });

    test('cut before its finish it is not complete', () => {
      const end = stream.lastIndexOf('"finishReason"');
      for (let cut = end; cut > 0; cut -= 197) {
        const seen = follow(bytes.subarray(0, cut), 4_096);
        expect([seen.complete, seen.decoded]).toEqual([false, false]);
        expect(stream.startsWith(seen.relay) && /^$|\r\n\r\n$/.test(seen.relay)).toBe(true);
      }
    });

    test('as an array it holds the same responses', () => {
      const { relay } = follow(bytes, 500, 'json-array');
      const events = splitEvents(bytes).events.map((event) => parseJson(readEvent(event).data ?? ''));
      expect(JSON.parse(relay)).toEqual(events);
    });
  });

  test('thoughts, signatures and sources', () => {
    const partsOf = (name: string): readonly StreamPart[] => follow(Buffer.from(streamOf(name)), 4_096).parts;
    const thinking = partsOf('thinking-stream.sse');
    expect(gather(thinking).reasoning).toMatchObject([{ signature: null }]);
    expect(gather(thinking).reasoning[0]?.text).toHaveLength(1_575);
    const [call] = partsOf('tool-call-gemini3.chunks.txt').filter(({ kind }) => kind === 'tool-call-start');
    expect(call).toMatchObject({ signature: { format: 'gemini', origin: null } });
    expect(
      partsOf('reasoning-gemini3.chunks.txt').filter(({ kind }) => kind === 'text-signature'),
    ).toHaveLength(1);
    expect(gather(partsOf('code-execution-stream.sse')).text).toContain('```\n-428330955.97745\n```');
    const { text, citations } = gather(partsOf('google-search-stream.sse'));
    const quoted = citations.map(({ start, end }) => text.slice(start, end));
    expect(quoted).toContain('The chance of rain remains low throughout the day.'.slice(-50));
    expect(quoted.every((piece) => piece.trim() === piece && piece !== '')).toBe(true);
  });
});

describe.skipIf(!PRESENT)('recorded answers', () => {
  test.each(ANSWERS)('%s', (name) => {
    const body = object(recorded(`gemini/${name}`)['body']);
    const bytes = Buffer.from(JSON.stringify(body));
    const verdict = judgeAnswer(bytes, 'application/json');
    if (verdict.kind !== 'answer') throw new Error(JSON.stringify(verdict));
    expect(EXPECTED).toHaveProperty([name]);
    const seen = gather(decodeAnswer(body));
    expect(seen).toMatchObject(EXPECTED[name] ?? {});
    expect(verdict.facts).toMatchObject({ usage: seen.usage, model: body['modelVersion'] });
    expect(verdict.facts.finishReason).toEqual(expect.any(String));
    for (const length of [0, 1, Math.floor(bytes.length / 2), bytes.length - 1]) {
      expect(judgeAnswer(bytes.subarray(0, length), 'application/json').kind).toBe('invalid');
    }
  });

  test('a count of tokens', () => {
    expect(counting.read(object(recorded('gemini/count-tokens.json')['body']))).toBe(12);
  });
});

describe.skipIf(!PRESENT)('recorded requests', () => {
  test.each(names('pairs'))('%s is read whole, without a remark', (name) => {
    const google = object(object(parseJson(read(`pairs/${name}`)))['google']);
    const facts = { model: 'm', streamed: false, usageAsked: true };
    for (const request of [google['request'], google['followupRequest']].filter(isObject)) {
      const remarks: string[] = [];
      const { turns } = decodeRequest(request, facts, ({ text }) => remarks.push(text));
      expect(remarks).toEqual([]);
      expect(turns[0]?.role).toBe('user');
      const calls = turns.flatMap(({ parts }) =>
        parts.flatMap((part) => (part.kind === 'tool-call' ? [part.id] : [])),
      );
      const results = turns.flatMap(({ parts }) =>
        parts.flatMap((part) => (part.kind === 'tool-result' ? [part.id] : [])),
      );
      expect(results).toEqual(calls);
    }
  });
});

describe.skipIf(!PRESENT)('recorded errors and lists', () => {
  test('errors keep what routing asks for', () => {
    const limited = readError(429, Buffer.from(read('errors/gemini-429-retry-info.json')));
    expect(limited).toMatchObject({
      type: 'RESOURCE_EXHAUSTED',
      details: { quotaid: 'GenerateRequestsPerMinutePerProjectPerModel-FreeTier', retrydelay: '34.4s' },
    });
    const { status, body } = recorded('errors/gemini-404-model.json');
    expect(readError(Number(status), Buffer.from(JSON.stringify(body)))).toMatchObject({
      status: 404,
      type: 'NOT_FOUND',
    });
  });

  test('models that chat or embed are listed with their limits', () => {
    const { body } = recorded('models/gemini-models-list.json');
    const models = readModels(Buffer.from(JSON.stringify(body))) ?? [];
    const ids = models.map(({ id }) => id);
    expect(models).toHaveLength(45);
    expect(ids).toContain('gemini-embedding-001');
    expect(
      ids.some((id) => id.startsWith('models/') || id.startsWith('veo') || id.startsWith('imagen')),
    ).toBe(false);
    expect(models[0]?.facts).toEqual({
      name: 'Gemini 2.5 Flash',
      contextTokens: 1_048_576,
      maxOutputTokens: 65_536,
    });
  });
});
