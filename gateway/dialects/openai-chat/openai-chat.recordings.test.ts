/** Recorded answers of real providers, read in place; what they taught stands by hand in the unit tests. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createEventFramer } from '../../transport/sse.ts';
import { readError } from '../../core/read-error.ts';
import { isArray, isObject, parseJson, type JsonObject } from '../../core/json.ts';
import { readModels } from '../../core/model-list.ts';
import { judgeAnswer } from './response.ts';
import { observeStream } from './stream.ts';

const FOLDER = fileURLToPath(new URL('../../../../shared/fixtures/', import.meta.url));
const PRESENT = existsSync(FOLDER);

function files(folder: string, ...endings: readonly string[]): string[] {
  if (!PRESENT) return [];
  return readdirSync(FOLDER + folder)
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .map((name) => `${folder}/${name}`);
}

const CHAT = ['openai-chat', 'openai-chat-dialects'];
const STREAMS = CHAT.flatMap((folder) => files(folder, '.sse', '.chunks.txt'));
const ANSWERS = CHAT.flatMap((folder) => files(folder, '.json'));
const ERRORS = files('errors', '.json').filter((file) => !/collected-|recorded-ratelimit/.test(file));

const read = (file: string): string => readFileSync(FOLDER + file, 'utf8');
const object = (value: unknown): JsonObject => (isObject(value) ? value : {});

/** Streams kept as payloads get their framing back. */
function streamOf(file: string): string {
  if (file.endsWith('.sse')) return read(file);
  const events = read(file)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => `data: ${line}\n\n`);
  return `${events.join('')}data: [DONE]\n\n`;
}

/** The chunks of a stream by the plainest reading there is, to compare with. */
function chunksOf(stream: string): JsonObject[] {
  return stream
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => parseJson(line.slice(5)))
    .filter(isObject);
}

const isUsageOnly = (chunk: JsonObject): boolean =>
  isArray(chunk['choices']) && chunk['choices'].length === 0 && isObject(chunk['usage']);

/** Follows a stream cut into pieces of the given size. */
function follow(stream: string | Buffer, size: number, withholdUsage: boolean) {
  const bytes = typeof stream === 'string' ? Buffer.from(stream) : stream;
  const framer = createEventFramer();
  const observer = observeStream({ withholdUsage });
  const relayed: Uint8Array[] = [];
  const errors: string[] = [];
  let content = false;
  let complete = false;
  const take = (events: Uint8Array | null): void => {
    if (events === null) return;
    const seen = observer.observe(events);
    relayed.push(seen.relay, seen.errorBytes ?? Buffer.alloc(0));
    content ||= seen.content;
    complete ||= seen.complete;
    if (seen.error !== null) errors.push(seen.error.message);
  };
  for (let at = 0; at < bytes.length; at += size) take(framer.push(bytes.subarray(at, at + size)));
  take(framer.rest());
  return { relay: Buffer.concat(relayed).toString(), content, complete, errors, facts: observer.facts() };
}

describe.skipIf(!PRESENT)('recorded streams', () => {
  describe.each(STREAMS)('%s', (file) => {
    const stream = PRESENT ? streamOf(file) : '';
    const chunks = chunksOf(stream);

    test.each([1, 7, 64, 1_000, 65_536])('relayed byte by byte the same, in pieces of %i bytes', (size) => {
      expect(follow(stream, size, false)).toMatchObject({ relay: stream, content: true, complete: true });
    });

    test('tokens, finish and errors are those of the file', () => {
      const usage = chunks.map((chunk) => chunk['usage']).findLast(isObject);
      const finish = chunks
        .flatMap(({ choices }) => (isArray(choices) ? choices : []))
        .map((choice) => object(choice)['finish_reason'])
        .findLast((reason) => typeof reason === 'string');
      const errors = chunks.map(({ error }) => object(error)['message']).filter(Boolean);
      const seen = follow(stream, 100, false);
      expect(seen.facts.finishReason).toBe(finish ?? null);
      expect(seen.errors).toEqual(errors);
      if (usage === undefined) return expect(seen.facts.usage).toBeNull();
      expect(seen.facts.usage?.input).toBe(usage['prompt_tokens']);
      const written = Number(usage['completion_tokens']);
      const reasoning = Number(object(usage['completion_tokens_details'])['reasoning_tokens'] ?? 0);
      expect(seen.facts.usage?.reasoning).toBe(reasoning);
      expect([written, written + reasoning]).toContain(seen.facts.usage?.output);
      expect(seen.facts.usage?.cacheRead).toBe(
        object(usage['prompt_tokens_details'])['cached_tokens'] ?? usage['prompt_cache_hit_tokens'] ?? 0,
      );
    });

    test('cut anywhere before the terminator it is incomplete, and only whole events were relayed', () => {
      const bytes = Buffer.from(stream);
      const end = bytes.lastIndexOf('[DONE]') + '[DONE'.length;
      for (let cut = end; cut > 0; cut -= cut > end - 300 ? 1 : 211) {
        const seen = follow(bytes.subarray(0, cut), 4_096, false);
        expect(seen.complete).toBe(false);
        expect(stream.startsWith(seen.relay.trimEnd()) && /^$|\n\n$/.test(seen.relay)).toBe(true);
      }
    });

    test('withholding takes out the usage event and nothing else', () => {
      const seen = follow(stream, 100, true);
      const expected = stream
        .split(/(?<=\n\n)/)
        .filter((event) => !chunksOf(event).some(isUsageOnly))
        .join('');
      expect(seen.relay).toBe(expected);
      expect(seen.facts).toEqual(follow(stream, 100, false).facts);
    });
  });
});

/** A recording is an exchange, or the bare body of the answer. */
function answerOf(file: string): { readonly status: number; readonly body: string } {
  const recorded = object(parseJson(read(file)));
  const response = object(recorded['response'] ?? recorded['error']);
  const { status, body } = response;
  return typeof status === 'number'
    ? { status, body: typeof body === 'string' ? body : JSON.stringify(body) }
    : { status: 200, body: JSON.stringify(recorded) };
}

describe.skipIf(!PRESENT)('recorded answers', () => {
  test.each(ANSWERS)('%s', (file) => {
    const { status, body } = answerOf(file);
    const parsed = object(parseJson(body));
    if (status >= 400) {
      expect(readError(status, Buffer.from(body)).message).not.toBe('');
      return;
    }
    const verdict = judgeAnswer(Buffer.from(body), 'application/json');
    if (verdict.kind !== 'answer') throw new Error(JSON.stringify(verdict));
    const usage = object(parsed['usage']);
    expect(verdict.facts.model).toBe(parsed['model']);
    expect(verdict.facts.usage?.input).toBe(usage['prompt_tokens']);
    expect(verdict.facts.usage?.cacheWrite).toBe(
      object(usage['prompt_tokens_details'])['cache_write_tokens'] ?? 0,
    );
    expect(verdict.facts.finishReason).toEqual(expect.any(String));
    for (const length of [0, 1, Math.floor(body.length / 2), body.length - 1]) {
      expect(judgeAnswer(Buffer.from(body.slice(0, length)), 'application/json').kind).toBe('invalid');
    }
  });
});

describe.skipIf(!PRESENT)('recorded errors', () => {
  test.each(ERRORS)('%s', (file) => {
    const { status, body } = answerOf(file);
    const value = parseJson(body);
    const error = object(object(isArray(value) ? value[0] : value)['error']);
    const seen = readError(status, Buffer.from(body));
    expect(seen.status).toBe(status);
    expect(seen.message).toBe(error['message']);
    expect([seen.code, Number(seen.code)]).toContain(error['code'] ?? '');
    expect(seen.type).toBe(error['type'] ?? error['status'] ?? '');
  });

  test('collected bodies all say something, and their particulars are found', () => {
    const collected = parseJson(PRESENT ? read('errors/collected-error-bodies.json') : '[]');
    const seen = (isArray(collected) ? collected.map(object) : []).map(({ provider, status, body }) => ({
      provider,
      error: readError(Number(status), Buffer.from(JSON.stringify(body))),
    }));
    for (const { error } of seen) expect(error.message).not.toBe('');
    const details = seen.map(({ error }) => error.details);
    for (const particular of [
      { reason: 'API_KEY_INVALID' },
      { quotaid: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier', retrydelay: '38s' },
      { limit_source: 'openrouter_free_tier_daily', 'x-ratelimit-reset': '1790553600000' },
      { patterns: 'ignore all previous instructions' },
      { error_code: 'enforced_spend_limit_reached' },
      { error_type: 'rate_limit_exceeded' },
    ]) {
      expect(details).toContainEqual(expect.objectContaining(particular));
    }
    for (const { error } of seen.filter(({ provider }) => provider === 'openrouter')) {
      expect(error.details).not.toHaveProperty('provider_name');
    }
  });

  test('an error event of another dialect is seen too', () => {
    const stream = PRESENT ? read('errors/anthropic-midstream-overloaded.sse') : '';
    expect(follow(stream, 10, false)).toMatchObject({ errors: ['Overloaded'], relay: stream });
  });
});

describe.skipIf(!PRESENT)('recorded model lists', () => {
  test('OpenRouter', () => {
    const text = PRESENT ? read('models/openrouter-models-list.json') : '{}';
    const { data } = object(parseJson(text));
    const models = readModels(Buffer.from(text));
    expect(models).toHaveLength(isArray(data) ? data.length : -1);
    for (const { id, created } of models ?? [])
      expect(id.includes('/') && created > 1_600_000_000).toBe(true);
  });

  test('OpenRouter tells context and price of every model but its routers', () => {
    const models = readModels(Buffer.from(PRESENT ? read('models/openrouter-models-list.json') : '{}')) ?? [];
    const without = models.filter(({ facts }) => facts?.price === undefined).map(({ id }) => id);
    expect(without.filter((id) => !id.startsWith('openrouter/'))).toEqual([]);
    expect(models.every(({ facts }) => (facts?.contextTokens ?? 0) > 0)).toBe(true);
    const free = models.filter(({ facts }) => facts?.price?.input === 0 && facts.price.output === 0);
    expect(free.length).toBeGreaterThan(5);
    expect(models.filter(({ facts }) => facts?.price?.tiered === true).length).toBeGreaterThan(10);
    expect(models.filter(({ facts }) => facts?.capabilities?.includes('tools')).length).toBeGreaterThan(200);
  });

  test('the list of another dialect is none', () => {
    expect(readModels(Buffer.from(PRESENT ? read('models/gemini-models-list.json') : ''))).toBeUndefined();
  });
});
