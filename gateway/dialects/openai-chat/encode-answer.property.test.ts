/** Whatever an answer holds, the official SDK reads it out of what is written, whole and streamed. */
import fc from 'fast-check';
import OpenAI from 'openai';
import { expect, test } from 'vitest';
import { NO_SETTINGS } from '../../core/canonical/request.ts';
import type { Signature } from '../../core/canonical/signature.ts';
import type { FinishReason, StreamPart } from '../../core/canonical/stream-parts.ts';
import type { AnswerContext } from '../../core/client-shape.ts';
import { isObject, parseJson } from '../../core/json.ts';
import { readEvent, splitEvents } from '../../core/sse.ts';
import { decodeAnswer, decodeStream } from './decode-answer.ts';
import { encodeAnswer } from './encode-answer.ts';
import { encodeStream } from './encode-stream.ts';

const context: AnswerContext = {
  requestId: 'req_1',
  request: {
    model: 'asked',
    streamed: true,
    system: [],
    turns: [],
    tools: [],
    settings: NO_SETTINGS,
  },
  usageAsked: true,
  framing: 'sse',
  created: 1_790_000_000,
  newId: (prefix) => `${prefix}abcdefghijklmnopqrstuvwx`,
};

const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const words = fc.array(word, { minLength: 1, maxLength: 4 });
const signature: fc.Arbitrary<Signature | null> = fc.option(
  fc.record({
    format: fc.constantFrom('anthropic' as const, 'openai' as const, 'gemini' as const),
    value: fc.base64String({ minLength: 4, maxLength: 20 }),
    id: fc.option(fc.constant('rs_1')),
    origin: fc.option(fc.constant({ provider: 'p', model: 'm', key: 'k' })),
  }),
);

interface Block {
  readonly kind: 'text' | 'reasoning' | 'call' | 'refusal';
  readonly pieces: readonly string[];
  readonly signature: Signature | null;
}

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), pieces: words, signature: fc.constant(null) }),
  fc.record({ kind: fc.constant('reasoning' as const), pieces: words, signature }),
  fc.record({ kind: fc.constant('refusal' as const), pieces: words, signature: fc.constant(null) }),
  fc.record({
    kind: fc.constant('call' as const),
    pieces: fc
      .tuple(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 }), fc.nat(20))
      .map(([value, cut]) => {
        const text = JSON.stringify(value);
        return [text.slice(0, cut), text.slice(cut)].filter((piece) => piece !== '');
      }),
    signature: fc.constant(null),
  }),
);

const answer = fc.record({
  blocks: fc.array(block, { maxLength: 6 }),
  reason: fc.constantFrom<FinishReason>('stop', 'length', 'filtered', 'context-full', 'stop-sequence'),
  usage: fc.record({
    input: fc.nat(10_000),
    cacheRead: fc.nat(99),
    cacheWrite: fc.nat(99),
    output: fc.nat(10_000),
    reasoning: fc.nat(99),
  }),
});

type Answer = typeof answer extends fc.Arbitrary<infer Value> ? Value : never;

function partsOf({ blocks, reason, usage }: Answer): readonly StreamPart[] {
  let index = -1;
  const content = blocks.flatMap((one): readonly StreamPart[] => {
    switch (one.kind) {
      case 'text':
        return one.pieces.map((text) => ({ kind: 'text-delta', text }));
      case 'refusal':
        return one.pieces.map((text) => ({ kind: 'refusal-delta', text }));
      case 'reasoning':
        return [
          { kind: 'reasoning-start' },
          ...one.pieces.map((text): StreamPart => ({ kind: 'reasoning-delta', text })),
          { kind: 'reasoning-end', signature: one.signature },
        ];
      case 'call': {
        index += 1;
        const at = index;
        return [
          { kind: 'tool-call-start', index: at, id: `call_${at}`, name: `tool_${at}`, custom: false },
          ...one.pieces.map((text): StreamPart => ({ kind: 'tool-call-delta', index: at, text })),
          { kind: 'tool-call-end', index: at },
        ];
      }
    }
  });
  return [
    { kind: 'response-start', id: 'x', model: 'answered' },
    ...content,
    { kind: 'usage', usage },
    { kind: 'finish', reason },
  ];
}

const FINISHES: ReadonlyMap<FinishReason, string> = new Map([
  ['stop', 'stop'],
  ['stop-sequence', 'stop'],
  ['length', 'length'],
  ['context-full', 'length'],
  ['filtered', 'content_filter'],
]);

const joined = ({ blocks }: Answer, kind: Block['kind']): string =>
  blocks
    .filter((one) => one.kind === kind)
    .flatMap(({ pieces }) => pieces)
    .join('');

function streamText(parts: readonly StreamPart[]): string {
  const encoder = encodeStream(context);
  return parts.map((part) => encoder.encode(part)).join('') + encoder.end();
}

function sdk(body: string, contentType: string): OpenAI {
  const fetch = (): Promise<Response> =>
    Promise.resolve(new Response(body, { headers: { 'content-type': contentType } }));
  return new OpenAI({ apiKey: 'x', fetch });
}

function expectSame(read: OpenAI.ChatCompletion, sent: Answer): void {
  const [choice] = read.choices;
  if (choice === undefined) throw new Error('no choice');
  const calls = sent.blocks.filter(({ kind }) => kind === 'call');
  expect(choice.message.content ?? '').toBe(joined(sent, 'text'));
  expect(choice.message.refusal ?? '').toBe(joined(sent, 'refusal'));
  expect('reasoning_content' in choice.message ? choice.message.reasoning_content : '').toBe(
    joined(sent, 'reasoning'),
  );
  expect(
    (choice.message.tool_calls ?? []).map((call) =>
      call.type === 'function' ? [call.id, call.function.name, call.function.arguments] : [],
    ),
  ).toEqual(calls.map(({ pieces }, at) => [`call_${at}`, `tool_${at}`, pieces.join('')]));
  expect(choice.finish_reason).toBe(
    sent.reason === 'stop' && calls.length > 0 ? 'tool_calls' : FINISHES.get(sent.reason),
  );
  expect(read.model).toBe('answered');
  expect(read.usage).toMatchObject({
    prompt_tokens: sent.usage.input,
    completion_tokens: sent.usage.output,
    prompt_tokens_details: { cached_tokens: sent.usage.cacheRead, cache_write_tokens: sent.usage.cacheWrite },
    completion_tokens_details: { reasoning_tokens: sent.usage.reasoning },
  });
}

test('the SDK reads a whole answer', async () => {
  await fc.assert(
    fc.asyncProperty(answer, async (sent) => {
      const body = encodeAnswer(partsOf(sent), context);
      const read = await sdk(body, 'application/json').chat.completions.create({ model: 'm', messages: [] });
      expectSame(read, sent);
    }),
    { numRuns: 60 },
  );
});

test('the SDK puts a streamed one together', async () => {
  await fc.assert(
    fc.asyncProperty(answer, async (sent) => {
      const body = streamText(partsOf(sent));
      const stream = sdk(body, 'text/event-stream').chat.completions.stream({ model: 'm', messages: [] });
      const chunks: OpenAI.ChatCompletionChunk[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      const [first] = chunks;
      expect(first?.choices[0]?.delta.role).toBe('assistant');
      // The SDK's own helper throws on `length`, so the chunks are joined by its rules here.
      expectSame(assemble(chunks), sent);
    }),
    { numRuns: 60 },
  );
});

/** Text and calls by index, as every client does it. */
function assemble(chunks: readonly OpenAI.ChatCompletionChunk[]): OpenAI.ChatCompletion {
  const message: OpenAI.ChatCompletionMessage & { reasoning_content: string } = {
    role: 'assistant',
    content: '',
    refusal: '',
    reasoning_content: '',
  };
  const calls: { id: string; type: 'function'; function: { name: string; arguments: string } }[] = [];
  let finish: OpenAI.ChatCompletion.Choice['finish_reason'] = 'stop';
  for (const { choices } of chunks) {
    for (const { delta, finish_reason: reason } of choices) {
      finish = reason ?? finish;
      message.content = (message.content ?? '') + (delta.content ?? '');
      message.refusal = (message.refusal ?? '') + (delta.refusal ?? '');
      if ('reasoning_content' in delta) message.reasoning_content += String(delta.reasoning_content);
      for (const { index, id, function: called } of delta.tool_calls ?? []) {
        const call = (calls[index] ??= {
          id: id ?? '',
          type: 'function',
          function: { name: '', arguments: '' },
        });
        call.function.name += called?.name ?? '';
        call.function.arguments += called?.arguments ?? '';
      }
    }
  }
  const last = chunks.at(-1);
  if (last === undefined) throw new Error('no chunk');
  const { id, created, model, usage } = last;
  return {
    id,
    created,
    model,
    object: 'chat.completion',
    choices: [
      { index: 0, logprobs: null, finish_reason: finish, message: { ...message, tool_calls: calls } },
    ],
    ...(usage === null || usage === undefined ? {} : { usage }),
  };
}

test('what was written is decoded to the same answer again', () => {
  fc.assert(
    fc.property(answer, (sent) => {
      const parts = partsOf(sent);
      const decoder = decodeStream();
      const { events } = splitEvents(Buffer.from(streamText(parts)));
      const streamed = events.flatMap((event) => decoder.decode(readEvent(event)));
      const body = parseJson(encodeAnswer(parts, context));
      const whole = isObject(body) ? decodeAnswer(body) : [];
      for (const again of [streamed, whole]) {
        const text = (kind: StreamPart['kind']): string =>
          again.map((part) => (part.kind === kind && 'text' in part ? part.text : '')).join('');
        expect(text('text-delta')).toBe(joined(sent, 'text'));
        expect(text('refusal-delta')).toBe(joined(sent, 'refusal'));
        expect(text('tool-call-delta')).toBe(joined(sent, 'call'));
        expect(again.filter(({ kind }) => kind === 'finish')).toHaveLength(1);
      }
      expect(decoder.complete).toBe(true);
    }),
  );
});
