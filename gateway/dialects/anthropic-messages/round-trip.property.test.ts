import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AssistantPart, TextPart, ToolResultPart, Turn, UserPart } from '../../core/canonical/parts.ts';
import {
  NO_SETTINGS,
  type CanonicalRequest,
  type Settings,
  type Tool,
} from '../../core/canonical/request.ts';
import type { Target } from '../../core/dialect.ts';
import { isObject, parseJson } from '../../core/json.ts';
import { OPENAI_CHAT } from '../../core/provider.ts';
import { decodeRequest } from './decode-request.ts';
import { encodeRequest } from './encode-request.ts';

const MODEL = 'claude-opus-4-1';
const TARGET: Target = {
  provider: 'anthropic',
  name: 'anthropic',
  model: MODEL,
  facts: {},
  chat: OPENAI_CHAT,
};

const words = fc
  .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
  .filter((value) => value.trim() !== '');
const text: fc.Arbitrary<TextPart> = words.map((value) => ({ kind: 'text', text: value }));
const image: fc.Arbitrary<UserPart> = fc.constantFrom(
  { kind: 'image', source: { kind: 'data', mediaType: 'image/png', base64: 'iVBORw0KGgo=' } },
  { kind: 'image', source: { kind: 'url', url: 'https://example.com/a.png', mediaType: '' } },
);
const file: fc.Arbitrary<UserPart> = fc.constantFrom(
  { kind: 'file', source: { kind: 'data', mediaType: 'application/pdf', base64: 'JVBERg==' }, name: 'a.pdf' },
  { kind: 'file', source: { kind: 'data', mediaType: 'text/plain', base64: 'aGVsbG8=' } },
  { kind: 'file', source: { kind: 'uploaded', id: 'file_1', mediaType: '' } },
);
const thought: fc.Arbitrary<AssistantPart> = fc.oneof(
  fc
    .tuple(fc.string({ maxLength: 9 }), fc.base64String({ minLength: 4 }))
    .map(([value, proof]): AssistantPart => ({
      kind: 'reasoning',
      text: value,
      signature: { format: 'anthropic', value: proof, id: null, origin: null },
    })),
  fc.base64String({ minLength: 4 }).map((data): AssistantPart => ({
    kind: 'reasoning',
    text: '',
    signature: { format: 'anthropic-redacted', value: data, id: null, origin: null },
  })),
);
const input = fc.dictionary(words, fc.jsonValue({ maxDepth: 2 })).map((value) => JSON.stringify(value));

/** An exchange: what the user says, what is answered, and the results of what was called. */
const exchange = fc.record({
  asked: fc.array(fc.oneof(text, image, file), { minLength: 1, maxLength: 3 }),
  thoughts: fc.array(thought, { maxLength: 2 }),
  said: fc.array(text, { maxLength: 1 }),
  calls: fc.array(fc.tuple(input, fc.array(fc.oneof(text), { maxLength: 2 }), fc.boolean()), {
    maxLength: 3,
  }),
});

const conversation = fc.array(exchange, { minLength: 1, maxLength: 4 }).map((exchanges) => {
  const turns: Turn[] = [];
  let waiting: ToolResultPart[] = [];
  for (const [number, { asked, thoughts, said, calls }] of exchanges.entries()) {
    turns.push({ role: 'user', parts: [...waiting, ...asked] });
    waiting = [];
    if (said.length + calls.length === 0) break;
    const called = calls.map(([json], index): AssistantPart => {
      const id = `toolu_${number}_${index}`;
      return { kind: 'tool-call', id, name: `tool_${index}`, input: json, custom: false };
    });
    turns.push({ role: 'assistant', parts: [...thoughts, ...said, ...called] });
    waiting = calls.map(([, content, failed], index) => ({
      kind: 'tool-result',
      id: `toolu_${number}_${index}`,
      name: `tool_${index}`,
      content,
      failed,
      custom: false,
    }));
  }
  if (turns.at(-1)?.role === 'assistant')
    turns.push({ role: 'user', parts: waiting.length > 0 ? waiting : [{ kind: 'text', text: 'go on' }] });
  return turns;
});

const tools = fc
  .array(
    fc.record({ description: fc.constantFrom('', 'Does it.'), ttl: fc.constantFrom(undefined, null, '1h') }),
    {
      minLength: 3,
      maxLength: 3,
    },
  )
  .map((list) =>
    list.map(({ description, ttl }, index): Tool => ({
      kind: 'function',
      name: `tool_${index}`,
      description,
      schema: { type: 'object', properties: { a: { type: 'string' } } },
      strict: null,
      ...(ttl === undefined ? {} : { cache: { ttl } }),
    })),
  );
const settings: fc.Arbitrary<Settings> = fc
  .record({
    ...Object.fromEntries(Object.entries(NO_SETTINGS).map(([name, value]) => [name, fc.constant(value)])),
    maxTokens: fc.integer({ min: 1, max: 9_000 }),
    stop: fc.array(words, { maxLength: 2 }),
    toolChoice: fc.constantFrom<Settings['toolChoice']>(
      null,
      { kind: 'auto' },
      { kind: 'none' },
      { kind: 'required' },
      { kind: 'tool', name: 'tool_1' },
    ),
    user: fc.option(words),
    temperature: fc.constantFrom(null, 0, 0.5, 1),
    serviceTier: fc.constantFrom(null, 'auto', 'default'),
    format: fc.constantFrom<Settings['format']>(
      { kind: 'text' },
      {
        kind: 'schema',
        name: 'answer',
        description: '',
        schema: { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false },
        strict: null,
      },
    ),
  })
  .map((made) => ({ ...NO_SETTINGS, ...made }));

test('a request written and read again means the same', () => {
  fc.assert(
    fc.property(
      conversation,
      tools,
      settings,
      fc.array(text, { maxLength: 2 }),
      fc.boolean(),
      (turns, offered, wanted, system, streamed) => {
        const request: CanonicalRequest = {
          model: MODEL,
          streamed,
          system,
          turns,
          tools: offered,
          settings: wanted,
        };
        const warnings: string[] = [];
        const body = encodeRequest(request, TARGET, ({ text }) => warnings.push(text));
        const again = parseJson(JSON.stringify(body));
        if (!isObject(again)) throw new Error('not an object');
        const facts = { model: MODEL, streamed, usageAsked: true };
        const read = decodeRequest(again, facts, ({ text }) => warnings.push(text));
        expect(read).toEqual(request);
        expect(warnings).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
});
