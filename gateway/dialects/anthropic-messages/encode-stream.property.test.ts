import Anthropic from '@anthropic-ai/sdk';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_SETTINGS } from '../../core/canonical/request.ts';
import { unwrapSignature, type Signature } from '../../core/canonical/signature.ts';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import type { AnswerContext } from '../../core/client-shape.ts';
import { readEvent, splitEvents } from '../../core/sse.ts';
import { gather } from '../../testing/gather-parts.ts';
import { decodeAnswer } from './decode-answer.ts';
import { decodeStream } from './decode-stream.ts';
import { encodeAnswer } from './encode-answer.ts';
import { encodeStream } from './encode-stream.ts';
import { isObject, parseJson } from '../../core/json.ts';

const CONTEXT: AnswerContext = {
  requestId: 'req_test',
  request: { model: 'asked', streamed: true, system: [], turns: [], tools: [], settings: NO_SETTINGS },
  usageAsked: true,
  framing: 'sse',
  created: 1_700_000_000,
  newId: (prefix) => `${prefix}fresh`,
};

const words = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' });
const signature: fc.Arbitrary<Signature> = fc.record({
  format: fc.constantFrom('openai', 'gemini', 'reasoning-details'),
  value: fc.base64String({ minLength: 4 }),
  id: fc.constantFrom(null, 'rs_1'),
  origin: fc.constantFrom(null, { provider: 'openai', model: 'gpt', key: 'k1' }),
});
const text = fc
  .array(words, { minLength: 1, maxLength: 4 })
  .map((pieces) => pieces.map((piece): StreamPart => ({ kind: 'text-delta', text: piece })));
const thought = fc
  .tuple(fc.array(words, { maxLength: 3 }), fc.option(signature))
  .map(([pieces, proof]): readonly StreamPart[] => [
    { kind: 'reasoning-start' },
    ...pieces.map((piece) => ({ kind: 'reasoning-delta', text: piece }) as const),
    { kind: 'reasoning-end', signature: proof },
  ]);
/** Calls whose pieces come in any order between each other, as OpenAI's models may send them. */
const calls = fc
  .array(fc.tuple(fc.dictionary(words, fc.jsonValue({ maxDepth: 1 })), fc.nat(8)), {
    minLength: 1,
    maxLength: 3,
  })
  .chain((inputs) => {
    const tracks = inputs.map(([input, cut], index): readonly StreamPart[] => {
      const json = JSON.stringify(input);
      const id = `call_${index}`;
      return [
        { kind: 'tool-call-start', index, id, name: `tool_${index}`, custom: false },
        { kind: 'tool-call-delta', index, text: json.slice(0, cut) },
        { kind: 'tool-call-delta', index, text: json.slice(cut) },
        { kind: 'tool-call-end', index },
      ];
    });
    const order = tracks.flatMap((track, index) => track.slice(1).map(() => index));
    return fc
      .shuffledSubarray(order, { minLength: order.length, maxLength: order.length })
      .map((shuffled) => {
        const starts = tracks.flatMap((track) => track.slice(0, 1));
        const waiting = tracks.map((track) => track.slice(1));
        return [...starts, ...shuffled.flatMap((index) => waiting[index]?.splice(0, 1) ?? [])];
      });
  });
const counts = fc
  .record({
    fresh: fc.nat(9_999),
    cacheRead: fc.nat(99),
    cacheWrite: fc.nat(99),
    output: fc.nat(999),
    reasoning: fc.nat(99),
  })
  .map(({ fresh, ...rest }) => ({ ...rest, input: fresh + rest.cacheRead + rest.cacheWrite }));

/** Thoughts and texts in any order, then calls at most once, then how it ended. */
const answer = fc
  .tuple(fc.array(fc.oneof(text, thought), { maxLength: 5 }), fc.option(calls), fc.option(text), counts)
  .map(([before, called, after, usage]): readonly StreamPart[] => [
    { kind: 'response-start', id: 'resp_1', model: 'served' },
    ...before.flat(),
    ...(called ?? []),
    ...(after ?? []),
    { kind: 'usage', usage },
    { kind: 'finish', reason: called === null ? 'length' : 'tool-calls' },
  ]);

function written(parts: readonly StreamPart[]): string {
  const encoder = encodeStream(CONTEXT);
  return parts.map((part) => encoder.encode(part)).join('') + encoder.end();
}

async function throughSdk(stream: string): Promise<Anthropic.Message> {
  const client = new Anthropic({
    apiKey: 'unused',
    maxRetries: 0,
    fetch: () =>
      Promise.resolve(
        new Response(stream, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } }),
      ),
  });
  return client.messages
    .stream({ model: 'asked', max_tokens: 10, messages: [{ role: 'user', content: 'x' }] })
    .finalMessage();
}

/** What a client learns of an answer; thoughts without words and proof leave no trace. */
function expected(parts: readonly StreamPart[]) {
  const { text: said, reasoning, calls: called, usage } = gather(parts);
  return {
    text: said,
    thoughts: reasoning.filter(({ text: words, signature: proof }) => words !== '' || proof !== null),
    calls: called.map(({ id, name, input }) => ({ id, name, input: parseJson(input) })),
    usage,
    finish: called.length === 0 ? 'max_tokens' : 'tool_use',
  };
}

function learned(message: Anthropic.Message) {
  const {
    input_tokens: fresh,
    cache_read_input_tokens: read,
    cache_creation_input_tokens: wrote,
  } = message.usage;
  return {
    text: message.content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
    thoughts: message.content.flatMap((block) =>
      block.type === 'thinking'
        ? [{ text: block.thinking, signature: unwrapSignature(block.signature) }]
        : [],
    ),
    calls: message.content.flatMap((block) =>
      block.type === 'tool_use' ? [{ id: block.id, name: block.name, input: block.input }] : [],
    ),
    usage: {
      input: fresh + (read ?? 0) + (wrote ?? 0),
      cacheRead: read,
      cacheWrite: wrote,
      output: message.usage.output_tokens,
      reasoning: message.usage.output_tokens_details?.thinking_tokens ?? 0,
    },
    finish: message.stop_reason,
  };
}

test('the official SDK reads from a stream what was written into it', async () => {
  await fc.assert(
    fc.asyncProperty(answer, async (parts) => {
      const message = await throughSdk(written(parts));
      expect(learned(message)).toEqual(expected(parts));
      expect(message).toMatchObject({ id: 'msg_fresh', model: 'served', role: 'assistant' });
    }),
    { numRuns: 60 },
  );
});

test('a whole answer says what its stream says', () => {
  fc.assert(
    fc.property(answer, (parts) => {
      const value = parseJson(encodeAnswer(parts, CONTEXT));
      if (!isObject(value)) throw new Error('not an object');
      const streamed = splitEvents(Buffer.from(written(parts))).events.map(readEvent);
      const decoder = decodeStream();
      const again = gather([...streamed.flatMap((event) => decoder.decode(event)), ...decoder.end()]);
      expect(decoder.complete).toBe(true);
      const whole = gather(decodeAnswer(value));
      const parsed = (called: typeof whole.calls) =>
        called.map(({ input, ...call }) => ({ ...call, input: parseJson(input) }));
      expect({ ...whole, calls: parsed(whole.calls) }).toEqual({ ...again, calls: parsed(again.calls) });
    }),
    { numRuns: 200 },
  );
});

test('blocks come one after the other, each with its start, its deltas and its end', () => {
  fc.assert(
    fc.property(answer, (parts) => {
      let open: number | null = null;
      let next = 0;
      for (const event of splitEvents(Buffer.from(written(parts))).events) {
        const { name, data } = readEvent(event);
        const value = parseJson(data ?? '');
        if (!isObject(value)) throw new Error(`no data: ${name}`);
        expect(value['type']).toBe(name);
        if (name === 'content_block_start') {
          expect([open, value['index']]).toEqual([null, next]);
          open = next;
          next += 1;
        } else if (name === 'content_block_delta') expect(value['index']).toBe(open);
        else if (name === 'content_block_stop') {
          expect(value['index']).toBe(open);
          open = null;
        }
      }
      expect(open).toBeNull();
    }),
    { numRuns: 200 },
  );
});
