/** A conversation written for an upstream and read again as a client's says the same. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AssistantPart, TextPart, ToolCallPart, Turn, UserPart } from '../../core/canonical/parts.ts';
import { type CanonicalRequest, NO_SETTINGS, type Tool, type Warn } from '../../core/canonical/request.ts';
import { OPENAI_CHAT } from '../../core/provider.ts';
import { decodeRequest } from './decode-request.ts';
import { encodeRequest } from './encode-request.ts';

const words = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' });
const text: fc.Arbitrary<TextPart> = words.map((value) => ({ kind: 'text', text: value }));
const base64 = fc.base64String({ minLength: 4, maxLength: 12 });
const image: fc.Arbitrary<UserPart> = fc.oneof(
  base64.map((data) => ({
    kind: 'image' as const,
    source: { kind: 'data' as const, mediaType: 'image/png', base64: data },
    detail: 'low',
  })),
  fc
    .webUrl()
    .map((url) => ({ kind: 'image' as const, source: { kind: 'url' as const, url, mediaType: '' } })),
);
const file: fc.Arbitrary<UserPart> = base64.map((data) => ({
  kind: 'file',
  source: { kind: 'data', mediaType: 'application/pdf', base64: data },
  name: 'a.pdf',
}));
const signature = fc.record({
  format: fc.constant('openai' as const),
  value: words,
  id: fc.constantFrom('rs_1', null),
  origin: fc.constant(null),
});
const thought = fc.record({
  kind: fc.constant('reasoning' as const),
  text: fc.oneof(words, fc.constant('')),
  signature,
});
const said: fc.Arbitrary<AssistantPart> = fc.oneof(
  text,
  words.map((value) => ({ kind: 'refusal' as const, text: value })),
);
const callOf = fc.record({ custom: fc.boolean(), input: fc.constantFrom('{}', '{"a":1}') });

/** What the user says, what the model thinks, says and calls, and what the calls gave. */
const exchange = fc.record({
  asked: fc.array(fc.oneof(text, image, file), { minLength: 1, maxLength: 3 }),
  thoughts: fc.array(thought, { maxLength: 2 }),
  answer: fc.array(said, { maxLength: 2 }),
  calls: fc.array(fc.record({ call: callOf, result: fc.array(fc.oneof(text, image), { maxLength: 2 }) }), {
    maxLength: 3,
  }),
  note: fc.option(text),
});

const request: fc.Arbitrary<CanonicalRequest> = fc
  .record({
    system: fc.array(text, { maxLength: 1 }),
    exchanges: fc.array(exchange, { minLength: 1, maxLength: 3 }),
  })
  .map(({ system, exchanges }) => {
    let number = 0;
    const turns: Turn[] = [];
    let pending: UserPart[] = [];
    for (const { asked, thoughts, answer, calls, note } of exchanges) {
      turns.push({ role: 'user', parts: [...pending, ...asked] });
      pending = [];
      if (note !== null) turns.push({ role: 'system', parts: [note] });
      const made = calls.map(({ call, result }) => {
        number += 1;
        const part: ToolCallPart = {
          kind: 'tool-call',
          id: `call_${number}`,
          name: `tool_${number % 3}`,
          ...call,
        };
        return { part, result };
      });
      const parts = [...answer, ...made.map(({ part }) => part)];
      // Reasoning that nothing follows is refused by OpenAI, so it is left out when written.
      if (parts.length === 0) parts.push({ kind: 'text', text: 'Yes.' });
      turns.push({ role: 'assistant', parts: [...thoughts, ...parts] });
      pending = made.map(({ part: { id, name, custom }, result }) => ({
        kind: 'tool-result',
        id,
        name,
        content: result.flatMap((one) => (one.kind === 'text' || one.kind === 'image' ? [one] : [])),
        failed: false,
        custom,
      }));
    }
    if (pending.length > 0) turns.push({ role: 'user', parts: pending });
    return { model: 'm', streamed: true, system, turns, tools: [], settings: NO_SETTINGS };
  });

/**
 * What is not kept, by a stated rule: ids of reasoning before a message (see `encode-input.ts`), and whether a result
 * without content was an empty text.
 */
function meaning({ system, turns }: CanonicalRequest): unknown {
  const simple = (part: AssistantPart | UserPart): unknown => {
    if (part.kind === 'reasoning') return { ...part, signature: part.signature?.value };
    if (part.kind !== 'tool-result') return part;
    return part.content.length === 0 ? { ...part, content: [{ kind: 'text', text: '' }] } : part;
  };
  return { system, turns: turns.map(({ role, parts }) => ({ role, parts: parts.map(simple) })) };
}

const FACTS = { model: 'm', streamed: true, usageAsked: true };
const TARGET = { provider: 'openai', name: 'openai', model: 'gpt-5', facts: {}, chat: OPENAI_CHAT };
const fail: Warn = ({ text: warning }) => {
  throw new Error(warning);
};

test('conversations', () => {
  fc.assert(
    fc.property(request, (conversation) => {
      const body = encodeRequest(conversation, TARGET, fail);
      expect(meaning(decodeRequest(body, FACTS, fail))).toEqual(meaning(conversation));
    }),
    { numRuns: 300 },
  );
});

const strictSchema = { type: 'object', properties: {}, required: [], additionalProperties: false };
const tool: fc.Arbitrary<Tool> = fc.oneof(
  fc.record({
    kind: fc.constant('function' as const),
    name: fc.constantFrom('a', 'b', 'c'),
    description: fc.oneof(words, fc.constant('')),
    schema: fc.constant(strictSchema),
    strict: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('custom' as const),
    name: fc.constantFrom('d', 'e'),
    description: fc.oneof(words, fc.constant('')),
    format: fc.constantFrom(null, { type: 'text' }),
  }),
);
const settings = fc.record({
  maxTokens: fc.option(fc.integer({ min: 16, max: 9_999 })),
  reasoning: fc.option(
    fc.record({
      effort: fc.constantFrom('none' as const, 'low' as const, 'xhigh' as const),
      budget: fc.constant(null),
      visible: fc.constantFrom(true, null),
    }),
  ),
  format: fc.constantFrom(
    { kind: 'text' as const },
    { kind: 'json' as const },
    { kind: 'schema' as const, name: 'n', description: 'd', schema: strictSchema, strict: true },
  ),
  toolChoice: fc.constantFrom(
    null,
    { kind: 'auto' as const },
    { kind: 'none' as const },
    { kind: 'required' as const },
    { kind: 'tool' as const, name: 'a' },
    { kind: 'subset' as const, names: ['a', 'd'], required: true },
  ),
  parallelTools: fc.option(fc.boolean()),
  verbosity: fc.constantFrom(null, 'low'),
  user: fc.constantFrom(null, 'u'),
  cacheKey: fc.constantFrom(null, 'c'),
  serviceTier: fc.constantFrom(null, 'flex'),
});

test('tools and settings', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(tool, { selector: ({ name }) => name, minLength: 1 }),
      settings,
      (tools, some) => {
        const wanted = { ...NO_SETTINGS, ...some };
        const turns: readonly Turn[] = [{ role: 'user', parts: [{ kind: 'text', text: 'As JSON.' }] }];
        const asked = { model: 'm', streamed: false, system: [], turns, tools, settings: wanted };
        const body = encodeRequest(asked, { ...TARGET, model: 'gpt-5.2' }, fail);
        const read = decodeRequest(body, { ...FACTS, streamed: false }, fail);
        expect(read).toEqual(asked);
      },
    ),
    { numRuns: 300 },
  );
});
