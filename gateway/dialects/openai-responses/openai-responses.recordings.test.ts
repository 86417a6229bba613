/** Recorded answers of real providers, read in place: what they say, and that any cut of their bytes says the same. */
import type { Warn } from '../../core/canonical/request.ts';
import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import { isArray, isObject, parseJson, type JsonObject } from '../../core/json.ts';
import { readEvent, splitEvents } from '../../core/sse.ts';
import { createEventFramer } from '../../transport/sse.ts';
import { openaiResponses } from './index.ts';

const FOLDER = fileURLToPath(new URL('../../../../shared/fixtures/', import.meta.url));
const PRESENT = existsSync(FOLDER);
const files = (folder: string, ...endings: readonly string[]): readonly string[] =>
  PRESENT
    ? readdirSync(FOLDER + folder).filter((name) => endings.some((ending) => name.endsWith(ending)))
    : [];
const STREAMS = files('openai-responses', '.sse', '.chunks.txt');
const ANSWERS = files('openai-responses', '.json').filter((name) => name !== 'input-tokens-count.json');
const ERRORS = files('errors', '.json').filter((name) => name.includes('-responses-'));

const read = (path: string): string => readFileSync(FOLDER + path, 'utf8');
const object = (value: unknown): JsonObject => (isObject(value) ? value : {});

/** Streams kept as payloads get their framing back. One file holds several, one after the other. */
function streamsOf(name: string): readonly string[] {
  const text = read(`openai-responses/${name}`);
  if (name.endsWith('.sse')) return [text];
  const streams: string[] = [];
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const type = String(object(parseJson(line))['type']);
    if (type === 'response.created') streams.push('');
    streams.push(`${streams.pop() ?? ''}event: ${type}\ndata: ${line}\n\n`);
  }
  return streams;
}

/** What an answer says, in short. */
interface Said {
  readonly text: string;
  readonly thoughts: string;
  readonly calls: readonly string[];
  readonly signatures: number;
  readonly citations: number;
  readonly usage: readonly number[];
  readonly finish: string;
}

function summary(parts: readonly StreamPart[]): Said {
  const names = new Map<number, string>();
  const inputs = new Map<number, string>();
  let text = '';
  let thoughts = '';
  let signatures = 0;
  let citations = 0;
  let usage: readonly number[] = [];
  let finish = 'none';
  for (const part of parts) {
    if (part.kind === 'text-delta') text += part.text;
    if (part.kind === 'reasoning-delta') thoughts += part.text;
    if (part.kind === 'reasoning-end' && part.signature !== null) signatures += 1;
    if (part.kind === 'citation') citations += 1;
    if (part.kind === 'tool-call-start')
      names.set(part.index, `${part.custom ? 'custom ' : ''}${part.id} ${part.name}`);
    if (part.kind === 'tool-call-delta') inputs.set(part.index, (inputs.get(part.index) ?? '') + part.text);
    if (part.kind === 'usage') {
      usage = [part.usage.input, part.usage.cacheRead, part.usage.output, part.usage.reasoning];
    }
    if (part.kind === 'finish') finish = part.reason;
    if (part.kind === 'error') finish = `error ${part.error.code}`;
  }
  const calls = [...names].map(([index, name]) => `${name} ${inputs.get(index) ?? ''}`);
  return { text, thoughts, calls, signatures, citations, usage, finish };
}

/** The parts of a stream that comes in pieces which end at the given places. */
function decode(bytes: Buffer, cuts: readonly number[]) {
  const framer = createEventFramer();
  const decoder = openaiResponses.decodeStream();
  const parts: StreamPart[] = [];
  let from = 0;
  for (const to of [...cuts.map((cut) => cut % bytes.length), bytes.length].sort(
    (one, other) => one - other,
  )) {
    const run = framer.push(bytes.subarray(from, to));
    from = to;
    for (const event of run === null ? [] : splitEvents(run).events)
      parts.push(...decoder.decode(readEvent(event)));
  }
  return { parts: [...parts, ...decoder.end()], complete: decoder.complete };
}

/** The same facts by the plainest reading of the last event's response. */
function plainly(response: JsonObject): Pick<Said, 'text' | 'usage'> & { readonly calls: number } {
  const items = (isArray(response['output']) ? response['output'] : []).map(object);
  const content = items.flatMap(({ content: parts }) => (isArray(parts) ? parts.map(object) : []));
  const usage = object(response['usage']);
  return {
    text: content.map(({ type, text }) => (type === 'output_text' ? String(text) : '')).join(''),
    calls: items.filter(({ call_id: id }) => typeof id === 'string').length,
    usage: [
      usage['input_tokens'],
      object(usage['input_tokens_details'])['cached_tokens'],
      usage['output_tokens'],
      object(usage['output_tokens_details'])['reasoning_tokens'],
    ].map(Number),
  };
}

/** By hand: what the plain reading does not tell. */
const STATED: Readonly<Record<string, readonly Partial<Said>[]>> = {
  'apply-patch.chunks.txt': [
    {
      calls: [expect.stringMatching(/^call_kA46f91ZwocQyMCKyyZqRyC5 apply_patch \{"type":"create_file",/)],
      finish: 'tool-calls',
    },
  ],
  'copilot-id-rotation.chunks.txt': [
    { thoughts: '**Counting character occurrences**', signatures: 0, finish: 'stop' },
  ],
  'custom-tool.chunks.txt': [
    {
      calls: ['custom call_custom_sql_001 write_sql SELECT * FROM users WHERE age > 25'],
      finish: 'tool-calls',
    },
  ],
  'deepseek-tool-stream.sse': [
    {
      thoughts: "The user asks about temperature in Tokyo. I'll call the tool.",
      calls: ['call_00_xjY8Z2BvSlzgEmmw0DtH0464 get_temperature {"city": "Tokyo"}'],
    },
  ],
  'lmstudio-tool-call.chunks.txt': [
    {
      calls: ['call_2025306790300011 weather {"location":"San Francisco"}'],
      finish: 'tool-calls',
      signatures: 0,
    },
  ],
  'midstream-insufficient-quota.chunks.txt': [{ finish: 'error insufficient_quota', text: '' }],
  'openrouter-raw-cot-stream.sse': [
    {
      text: '4',
      thoughts: 'The user asks: "What is 2+2?" They expect a straightforward answer: 4. Just answer 4.',
    },
  ],
  'phase.chunks.txt': [{ finish: 'stop' }],
  'reasoning-encrypted.chunks.txt': [
    { calls: ['call_AB6AaRZ1FYZB2RwS6A5vbdqn calculator {"a":12,"b":7,"op":"add"}'], signatures: 1 },
    { calls: ['call_Q6pW65MUgW9vF59BmItYGos3 calculator {"a":19,"b":3,"op":"multiply"}'], signatures: 0 },
    { calls: ['call_Zl5vIMnD7dVAjgU6FkhmiCZh calculator {"a":57,"b":10,"op":"multiply"}'], signatures: 0 },
    { text: 'The final result is **570**.', finish: 'stop' },
  ],
  'streaming-usage.sse': [
    { calls: ['call_CWXgs68YprAjp6t0371hiPOI final_result {"result":6666}'], signatures: 1 },
  ],
  'text-stream.sse': [{ text: 'pong', finish: 'stop' }],
  'tool-call-stream.sse': [{ calls: ['call_sVidsfFJ6zlzRpelrPkTPlpd multiply {"a":1231,"b":2331}'] }],
  'web-search.chunks.txt': [{ citations: 12, calls: [], finish: 'stop' }],
  'interleaved-reasoning-tools-turn4.json': [{ signatures: 1, finish: 'tool-calls', text: '' }],
  'multi-tool-use-wrapper.json': [
    { calls: [expect.stringMatching(/^call_parallel parallel \{"tool_uses"/)] },
  ],
  'reasoning-encrypted-1.json': [
    { signatures: 1, calls: ['call_uy7tfNVokIN7NjFF6k7OtLyl lookup_population {"country":"Pundora"}'] },
  ],
  'reasoning-encrypted-2.json': [
    { signatures: 0, calls: ['call_jwY8kllWAsnoSXtjXZQ5KR6i can_have_dragons {"population":123124}'] },
  ],
  'text-basic.json': [{ text: 'pong', finish: 'stop' }],
  'tool-call-followup.json': [{ text: '1231 * 2331 = 2,869,461', finish: 'stop' }],
  'tool-call.json': [
    { calls: ['call_nJmCK7SJe3ajdYYplIbH0KgL multiply {"a":1231,"b":2331}'], finish: 'tool-calls' },
  ],
  'web-search.json': [{ citations: 10, calls: [], finish: 'stop' }],
};

describe.skipIf(!PRESENT)('recorded streams', () => {
  describe.each(STREAMS)('%s', (name) => {
    const streams = PRESENT ? streamsOf(name) : [];

    test('says what is stated, and what its last event says', () => {
      expect(streams).toHaveLength(STATED[name]?.length ?? -1);
      for (const [index, stream] of streams.entries()) {
        const { parts, complete } = decode(Buffer.from(stream), []);
        const said = summary(parts);
        expect(said).toMatchObject(STATED[name]?.[index] ?? {});
        const last = splitEvents(Buffer.from(stream))
          .events.map((event) => object(parseJson(readEvent(event).data ?? '')))
          .findLast((event) => isObject(event['response']));
        expect(complete).toBe(!said.finish.startsWith('error'));
        if (!complete) continue;
        const plain = plainly(object(last?.['response']));
        expect([said.text, said.calls.length, said.usage]).toEqual([plain.text, plain.calls, plain.usage]);
      }
    });

    test('any cut of its bytes says the same', () => {
      for (const stream of streams) {
        const bytes = Buffer.from(stream);
        const whole = decode(bytes, []);
        fc.assert(
          fc.property(fc.array(fc.nat(), { maxLength: 40 }), (cuts) => {
            expect(decode(bytes, cuts)).toEqual(whole);
          }),
          { numRuns: 15 },
        );
      }
    });

    test.each([1, 13, 4_096])('relayed the same, in pieces of %i bytes', (size) => {
      const bytes = Buffer.from(streams.at(-1) ?? '');
      const framer = createEventFramer();
      const observer = openaiResponses.observeStream({ withholdUsage: true });
      const relayed: Uint8Array[] = [];
      let failed = false;
      for (let at = 0; at < bytes.length; at += size) {
        const run = framer.push(bytes.subarray(at, at + size));
        if (run === null) continue;
        const seen = observer.observe(run);
        relayed.push(seen.relay, seen.errorBytes ?? Buffer.alloc(0));
        failed ||= seen.error !== null;
      }
      expect(Buffer.concat(relayed).equals(bytes)).toBe(true);
      expect(observer.ended()).toMatchObject({ complete: true, content: !failed });
      const said = summary(decode(bytes, []).parts);
      const { usage, finishReason } = observer.facts();
      expect([failed, finishReason]).toEqual(
        said.finish.startsWith('error') ? [true, 'failed'] : [false, 'completed'],
      );
      expect(usage === null ? [] : [usage.input, usage.cacheRead, usage.output, usage.reasoning]).toEqual(
        said.usage,
      );
    });
  });
});

/** A recording is an exchange, or the bare body of the answer. */
function recorded(path: string): {
  readonly request: JsonObject;
  readonly status: number;
  readonly body: JsonObject;
} {
  const value = object(parseJson(read(path)));
  const { request, response } = value;
  if (!isObject(response)) return { request: {}, status: 200, body: value };
  return {
    request: object(object(request)['body']),
    status: Number(response['status']),
    body: object(response['body']),
  };
}

const decodeRequest = (request: JsonObject, warn: Warn) =>
  openaiResponses.decodeRequest(
    request,
    { model: String(request['model']), streamed: false, usageAsked: true },
    warn,
  );

describe.skipIf(!PRESENT)('recorded answers', () => {
  test.each(ANSWERS)('%s', (name) => {
    const { body, request } = recorded(`openai-responses/${name}`);
    expect(openaiResponses.judgeAnswer(Buffer.from(JSON.stringify(body)), 'application/json').kind).toBe(
      'answer',
    );
    const said = summary(openaiResponses.decodeAnswer(body));
    expect(STATED[name]).toHaveLength(1);
    expect(said).toMatchObject(STATED[name]?.[0] ?? {});
    const plain = plainly(body);
    expect([said.text, said.calls.length, said.usage]).toEqual([plain.text, plain.calls, plain.usage]);
    if (request['input'] === undefined) return;
    const warnings: string[] = [];
    expect(decodeRequest(request, ({ text }) => warnings.push(text)).turns.length).toBeGreaterThan(0);
    expect(warnings).toEqual([]);
  });

  test('a count of tokens', () => {
    const { body } = recorded('openai-responses/input-tokens-count.json');
    expect(openaiResponses.counting?.read(body)).toBe(16);
  });

  test('reasoning between calls is read into turns with its proofs', () => {
    const { request } = recorded('openai-responses/interleaved-reasoning-tools-turn4.json');
    const { turns } = decodeRequest(request, () => undefined);
    expect(turns.map(({ role, parts }) => `${role}: ${parts.map(({ kind }) => kind).join(', ')}`)).toEqual([
      'user: text',
      ...Array.from({ length: 3 }).flatMap(() => ['assistant: reasoning, tool-call', 'user: tool-result']),
    ]);
  });
});

describe.skipIf(!PRESENT)('recorded errors', () => {
  test.each(ERRORS)('%s', (name) => {
    const { status, body, request } = recorded(`errors/${name}`);
    const seen = openaiResponses.readError(status, Buffer.from(JSON.stringify(body)));
    const error = object(body['error']);
    expect(seen).toMatchObject({
      status: 400,
      message: error['message'],
      code: error['code'] ?? '',
      type: error['type'],
    });
    expect(decodeRequest(request, () => undefined).turns.length).toBeGreaterThan(0);
  });

  test('calls and results that DeepSeek refused in their order are put into one that every upstream takes', () => {
    const { request } = recorded('errors/deepseek-responses-400.json');
    const { turns } = decodeRequest(request, () => undefined);
    expect(turns.map(({ parts }) => parts.map(({ kind }) => kind))).toEqual([
      ['text', 'tool-call', 'text', 'tool-call'],
      ['tool-result', 'tool-result', 'text'],
    ]);
  });
});
