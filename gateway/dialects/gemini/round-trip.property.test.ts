/** What is written for an upstream says the same when it is read as a client's request. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AssistantPart, ToolCallPart, Turn, UserPart } from '../../core/canonical/parts.ts';
import type { CanonicalRequest, Settings, Tool } from '../../core/canonical/request.ts';
import type { Signature } from '../../core/canonical/signature.ts';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import { isArray, isObject, parseJson, type JsonObject } from '../../core/json.ts';
import { encodeStream } from './encode-stream.ts';
import { contextOf, decoded, encoded, requestWith } from './testing/context.ts';

const words = fc.string({ minLength: 1, maxLength: 10, unit: 'grapheme' });
const base64 = fc
  .uint8Array({ minLength: 1, maxLength: 9 })
  .map((bytes) => Buffer.from(bytes).toString('base64'));
const native = words.map((value): Signature => ({
  format: 'gemini',
  value: `g${value}`,
  id: null,
  origin: null,
}));
const signed = fc.option(native, { nil: undefined });
const withSignature = <Part extends object>(part: Part, signature: Signature | undefined): Part =>
  signature === undefined ? part : { ...part, signature };

const text = words.map((said): UserPart & AssistantPart => ({ kind: 'text', text: said }));
const media: fc.Arbitrary<UserPart> = fc
  .tuple(fc.constantFrom('image/png', 'application/pdf', 'audio/wav'), base64)
  .map(([mediaType, data]): UserPart => {
    const source = { kind: 'data', mediaType, base64: data } as const;
    if (mediaType.startsWith('image')) return { kind: 'image', source };
    return mediaType.startsWith('audio') ? { kind: 'audio', source } : { kind: 'file', source };
  });
const said: fc.Arbitrary<AssistantPart> = fc.oneof(
  fc.tuple(words, signed).map(([one, proof]) => withSignature({ kind: 'text' as const, text: one }, proof)),
  words.map((thought): AssistantPart => ({ kind: 'reasoning', text: thought, signature: null })),
);
const call = fc.tuple(
  fc.constantFrom('look', 'find.all'),
  fc.dictionary(words, words, { maxKeys: 2 }),
  signed,
);
const result = fc.tuple(words, fc.boolean(), fc.option(base64));

/** One question and the model's steps to its answer. */
const exchange = fc.record({
  question: fc.array(fc.oneof(text, media), { minLength: 1, maxLength: 3 }),
  steps: fc.array(
    fc.record({
      said: fc.array(said, { maxLength: 3 }),
      calls: fc.array(fc.tuple(call, result), { minLength: 1, maxLength: 3 }),
    }),
    { maxLength: 2 },
  ),
  answer: fc.array(said, { minLength: 1, maxLength: 3 }),
});

const turns = fc.array(exchange, { minLength: 1, maxLength: 3 }).map((exchanges): readonly Turn[] => {
  let count = 0;
  const all = exchanges.flatMap(({ question, steps, answer }): readonly Turn[] => [
    { role: 'user', parts: question },
    ...steps.flatMap((step): readonly Turn[] => {
      const first = count;
      count += step.calls.length;
      const calls = step.calls.map(([[name, args, proof]], index): ToolCallPart => {
        const id = `id${first + index}`;
        return withSignature(
          { kind: 'tool-call', id, name, input: JSON.stringify(args), custom: false },
          proof,
        );
      });
      const results = step.calls.map(([[name], [output, failed, image]], index): UserPart => ({
        kind: 'tool-result',
        id: `id${first + index}`,
        name,
        content: [
          { kind: 'text', text: output },
          ...(image === null
            ? []
            : [
                {
                  kind: 'image' as const,
                  source: { kind: 'data' as const, mediaType: 'image/png', base64: image },
                },
              ]),
        ],
        failed,
        custom: false,
      }));
      return [
        { role: 'assistant', parts: [...step.said, ...calls] },
        { role: 'user', parts: results },
      ];
    }),
    { role: 'assistant', parts: joined(answer) },
  ]);
  return all.map((turn) => (turn.role === 'assistant' ? { ...turn, parts: joined(turn.parts) } : turn));
});

/** Neighbouring texts, and neighbouring thoughts, are one where no signature stands between them. */
function joined(parts: readonly AssistantPart[]): readonly AssistantPart[] {
  const all: AssistantPart[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (part.kind === 'text' && last?.kind === 'text' && (last.signature ?? part.signature) === undefined) {
      all[all.length - 1] = { kind: 'text', text: last.text + part.text };
    } else if (part.kind === 'reasoning' && last?.kind === 'reasoning') {
      all[all.length - 1] = { ...part, text: last.text + part.text };
    } else all.push(part);
  }
  return all;
}

const tools = fc
  .array(
    fc.record({
      name: fc.constantFrom('look', 'find.all', 'third'),
      description: words,
      properties: fc.array(words),
    }),
    { maxLength: 2 },
  )
  .map((list) =>
    list.map(({ name, description, properties }): Tool => ({
      kind: 'function',
      name,
      description,
      schema: {
        type: 'object',
        properties: Object.fromEntries(properties.map((one) => [one, { type: 'string' }])),
      },
      strict: null,
    })),
  );

const settings: fc.Arbitrary<Partial<Settings>> = fc.record(
  {
    maxTokens: fc.integer({ min: 1, max: 99_999 }),
    temperature: fc.constantFrom(0, 0.5, 1),
    topP: fc.constantFrom(0.1, 1),
    topK: fc.integer({ min: 1, max: 99 }),
    stop: fc.array(words, { maxLength: 5 }),
    seed: fc.integer(),
    presencePenalty: fc.constantFrom(-1, 0.5),
    frequencyPenalty: fc.constantFrom(-1, 0.5),
    candidates: fc.integer({ min: 2, max: 8 }),
    reasoning: fc.record({
      effort: fc.constantFrom('minimal' as const, 'low' as const, 'medium' as const, 'high' as const),
      budget: fc.constant(null),
      visible: fc.constantFrom(true, null),
    }),
    format: fc.constantFrom<Settings['format']>(
      { kind: 'text' },
      { kind: 'json' },
      {
        kind: 'schema',
        name: 'response',
        description: '',
        schema: { type: 'object', properties: { a: { type: ['string', 'null'] } } },
        strict: null,
      },
    ),
    serviceTier: fc.constantFrom('flex', 'priority'),
  },
  { requiredKeys: [] },
);

const request = fc.record({ turns, tools, settings, system: fc.array(words, { maxLength: 2 }) });

test('any request keeps its meaning', () => {
  fc.assert(
    fc.property(request, ({ system, ...rest }) => {
      const wanted: CanonicalRequest = requestWith({
        ...rest,
        system: system.map((one) => ({ kind: 'text', text: one })),
      });
      const { body, told } = encoded(wanted, 'gemini-3-flash-preview');
      expect(told).toEqual([]);
      const back = decoded(body);
      expect(back.told).toEqual([]);
      expect(back.request).toEqual(wanted);
    }),
    { numRuns: 300 },
  );
});

/** Parts of a stream as a client that keeps everything brings them back. */
function historyOf(parts: readonly StreamPart[], keep: (part: JsonObject) => boolean): JsonObject {
  const encoder = encodeStream(contextOf());
  const stream = parts.map((part) => encoder.encode(part)).join('') + encoder.end();
  const chunks = stream.split('\n\n').map((event) => parseJson(event.slice('data: '.length)));
  const back = chunks.filter(isObject).flatMap(({ candidates }) => {
    const [candidate] = isArray(candidates) ? candidates : [];
    const content = isObject(candidate) ? candidate['content'] : undefined;
    return isObject(content) && isArray(content['parts'])
      ? content['parts'].filter(isObject).filter(keep)
      : [];
  });
  return {
    contents: [
      { role: 'user', parts: [{ text: 'q' }] },
      { role: 'model', parts: back },
    ],
  };
}

describe('thoughts of another provider come back as they were', () => {
  const proof = (value: string, format: Signature['format'] = 'anthropic'): Signature => ({
    format,
    value,
    id: null,
    origin: { provider: 'anthropic', model: 'm', key: 'k' },
  });
  const thought = (said: string, signature: Signature): readonly StreamPart[] => [
    { kind: 'reasoning-start' },
    ...(said === '' ? [] : [{ kind: 'reasoning-delta' as const, text: said }]),
    { kind: 'reasoning-end', signature },
  ];
  const called: readonly StreamPart[] = [
    { kind: 'tool-call-start', index: 0, id: 'toolu_1', name: 'look', custom: false },
    { kind: 'tool-call-delta', index: 0, text: '{"a":1}' },
    { kind: 'tool-call-end', index: 0 },
    { kind: 'finish', reason: 'tool-calls' },
  ];
  const call = { kind: 'tool-call', id: 'toolu_1', name: 'look', input: '{"a":1}', custom: false };
  const everything = (): boolean => true;
  const withoutThoughts = (part: JsonObject): boolean => part['thought'] !== true;
  const read = (history: JsonObject): unknown => decoded(history).request.turns[1]?.parts;

  test('before a call', () => {
    const parts = [...thought('Hm.', proof('s')), { kind: 'text-delta' as const, text: 'So:' }, ...called];
    expect(read(historyOf(parts, everything))).toEqual([
      { kind: 'reasoning', text: 'Hm.', signature: proof('s') },
      { kind: 'text', text: 'So:' },
      call,
    ]);
  });

  test('to a client that forgets thoughts, without their words', () => {
    const parts = [...thought('Hm.', proof('s')), { kind: 'text-delta' as const, text: 'So:' }, ...called];
    expect(read(historyOf(parts, withoutThoughts))).toEqual([
      { kind: 'reasoning', text: '', signature: proof('s') },
      { kind: 'text', text: 'So:' },
      call,
    ]);
  });

  test('several, some of them blacked out', () => {
    const parts = [
      ...thought('One.', proof('1')),
      ...thought('', proof('2', 'anthropic-redacted')),
      ...thought('Three.', proof('3')),
      ...called,
    ];
    expect(read(historyOf(parts, everything))).toEqual([
      { kind: 'reasoning', text: 'One.', signature: proof('1') },
      { kind: 'reasoning', text: '', signature: proof('2', 'anthropic-redacted') },
      { kind: 'reasoning', text: 'Three.', signature: proof('3') },
      call,
    ]);
  });

  test('with no call after them', () => {
    const parts: readonly StreamPart[] = [
      ...thought('Hm.', proof('s')),
      { kind: 'text-delta', text: 'Yes.' },
      { kind: 'finish', reason: 'stop' },
    ];
    expect(read(historyOf(parts, everything))).toEqual([
      { kind: 'reasoning', text: 'Hm.', signature: proof('s') },
      { kind: 'text', text: 'Yes.' },
    ]);
  });
});
