/** What the gateway writes to clients of this dialect, read by the official SDK. */
import { ApiError, GoogleGenAI, type GenerateContentResponse, type Part } from '@google/genai';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unwrapSignature, type Signature } from '../../core/canonical/signature.ts';
import type { FinishReason, StreamPart } from '../../core/canonical/stream-parts.ts';
import { GatewayError } from '../../core/errors.ts';
import { encodeAnswer } from './encode-answer.ts';
import { encodeStream } from './encode-stream.ts';
import { heartbeat, renderError, renderErrorEvent } from './render.ts';
import { contextOf } from './testing/context.ts';

const official = (body: string, contentType: string, status = 200): GoogleGenAI =>
  new GoogleGenAI({
    apiKey: 'none',
    httpOptions: {
      baseUrl: 'http://gateway.test',
      fetch: () => Promise.resolve(new Response(body, { status, headers: { 'content-type': contentType } })),
    },
  });

async function readStream(body: string): Promise<readonly GenerateContentResponse[]> {
  const chunks: GenerateContentResponse[] = [];
  const stream = await official(body, 'text/event-stream').models.generateContentStream({
    model: 'm',
    contents: 'x',
  });
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

const readAnswer = (body: string): Promise<GenerateContentResponse> =>
  official(body, 'application/json').models.generateContent({ model: 'm', contents: 'x' });

function streamOf(parts: readonly StreamPart[], framing: 'sse' | 'json-array' = 'sse'): string {
  const encoder = encodeStream(contextOf(framing));
  return parts.map((part) => encoder.encode(part)).join('') + encoder.end();
}

const text = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' });
const signature: fc.Arbitrary<Signature> = fc.record({
  format: fc.constantFrom('anthropic' as const, 'gemini' as const),
  value: text,
  id: fc.constant(null),
  origin: fc.constant(null),
});
type Block =
  | { readonly kind: 'text'; readonly texts: readonly string[]; readonly signature: Signature | null }
  | { readonly kind: 'reasoning'; readonly texts: readonly string[]; readonly signature: Signature | null }
  | {
      readonly kind: 'call';
      readonly args: Readonly<Record<string, string>>;
      readonly signature: Signature | null;
    };
const texts = fc.array(text, { minLength: 1, maxLength: 3 });
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('text' as const, 'reasoning' as const),
    texts,
    signature: fc.option(signature),
  }),
  fc.record({
    kind: fc.constant('call' as const),
    args: fc.dictionary(text, text, { maxKeys: 3 }),
    signature: fc.option(signature),
  }),
);
const FINISHES = ['stop', 'length', 'tool-calls', 'stop-sequence', 'filtered'] as const;

interface Answer {
  readonly blocks: readonly Block[];
  readonly finish: FinishReason;
  readonly output: number;
}
const answer: fc.Arbitrary<Answer> = fc.record({
  blocks: fc.array(block, { minLength: 1, maxLength: 6 }),
  finish: fc.constantFrom(...FINISHES),
  output: fc.nat(1_000),
});

function partsOf({ blocks, finish, output }: Answer): readonly StreamPart[] {
  const parts: StreamPart[] = [{ kind: 'response-start', id: 'answer-1', model: 'served' }];
  let index = 0;
  for (const { kind, signature: proof, ...rest } of blocks) {
    if (kind === 'text' && 'texts' in rest) {
      parts.push(...rest.texts.map((one): StreamPart => ({ kind: 'text-delta', text: one })));
      if (proof !== null) parts.push({ kind: 'text-signature', signature: proof });
    } else if ('texts' in rest) {
      parts.push({ kind: 'reasoning-start' });
      parts.push(...rest.texts.map((one): StreamPart => ({ kind: 'reasoning-delta', text: one })));
      parts.push({ kind: 'reasoning-end', signature: proof });
    } else {
      const json = JSON.stringify(rest.args);
      const signed = proof === null ? {} : { signature: proof };
      parts.push({
        kind: 'tool-call-start',
        index,
        id: `id-${index}`,
        name: 'look',
        custom: false,
        ...signed,
      });
      for (const half of [json.slice(0, 3), json.slice(3)]) {
        parts.push({ kind: 'tool-call-delta', index, text: half });
      }
      parts.push({ kind: 'tool-call-end', index });
      index += 1;
    }
  }
  const usage = { input: 20, cacheRead: 5, cacheWrite: 0, output: output + 7, reasoning: 7 };
  return [...parts, { kind: 'usage', usage }, { kind: 'finish', reason: finish }];
}

const SDK_FINISH: Readonly<Record<string, string>> = {
  stop: 'STOP',
  'tool-calls': 'STOP',
  'stop-sequence': 'STOP',
  length: 'MAX_TOKENS',
  filtered: 'SAFETY',
};

/** What a user of the SDK sees, in one form for streams and whole answers. */
function seen(chunks: readonly GenerateContentResponse[]) {
  const parts = chunks.flatMap((chunk): readonly Part[] => chunk.candidates?.[0]?.content?.parts ?? []);
  const words = (thought: boolean): string =>
    parts.map((part) => ((part.thought ?? false) === thought ? (part.text ?? '') : '')).join('');
  return {
    text: words(false),
    thoughts: words(true),
    calls: parts.flatMap(({ functionCall: call }) =>
      call === undefined ? [] : [[call.id, call.name, call.args]],
    ),
    signatures: parts.flatMap(({ thoughtSignature: value }) =>
      value === undefined ? [] : [unwrapSignature(value)],
    ),
    finish: chunks.at(-1)?.candidates?.[0]?.finishReason,
    usage: chunks.at(-1)?.usageMetadata,
    id: chunks.at(-1)?.responseId,
    model: chunks.at(-1)?.modelVersion,
  };
}

function expected({ blocks, finish, output }: Answer) {
  const joined = (kind: string): string =>
    blocks.map((one) => (one.kind === kind && 'texts' in one ? one.texts.join('') : '')).join('');
  return {
    text: joined('text'),
    thoughts: joined('reasoning'),
    calls: blocks
      .flatMap((one) => ('args' in one ? [one.args] : []))
      .map((args, index) => [`id-${index}`, 'look', args]),
    finish: SDK_FINISH[finish],
    usage: {
      promptTokenCount: 20,
      cachedContentTokenCount: 5,
      candidatesTokenCount: output,
      thoughtsTokenCount: 7,
      totalTokenCount: 27 + output,
    },
    id: 'answer-1',
    model: 'served',
  };
}

test('any answer reads the same with the official SDK, streamed or not, and no signature is lost', async () => {
  await fc.assert(
    fc.asyncProperty(answer, async (said) => {
      const parts = partsOf(said);
      const streamed = seen(await readStream(streamOf(parts)));
      const whole = seen([await readAnswer(encodeAnswer(parts, contextOf()))]);
      const array: unknown = JSON.parse(streamOf(parts, 'json-array'));
      const proofs = said.blocks.flatMap(({ signature: proof }) => (proof === null ? [] : [proof]));
      for (const one of [streamed, whole]) {
        expect(one).toMatchObject(expected(said));
        expect(one.signatures).toHaveLength(proofs.length);
        expect(one.signatures).toEqual(expect.arrayContaining(proofs));
      }
      expect(Array.isArray(array) && array.length).toBe((await readStream(streamOf(parts))).length);
    }),
    { numRuns: 60 },
  );
});

describe('the official SDK', () => {
  test('reads over signs of life', async () => {
    const beat = Buffer.from(heartbeat('sse')).toString();
    const encoder = encodeStream(contextOf());
    const body = [
      beat,
      encoder.encode({ kind: 'text-delta', text: 'a' }),
      beat,
      beat,
      encoder.end(),
      beat,
    ].join('');
    expect(seen(await readStream(body)).text).toBe('a');
    const array = Buffer.from(heartbeat('json-array')).toString();
    const pieces = encodeStream(contextOf('json-array'));
    const parts = [array, pieces.encode({ kind: 'text-delta', text: 'a' }), array, pieces.end(), array];
    expect(JSON.parse(parts.join(''))).toHaveLength(2);
  });

  test('raises its own error for one inside the stream', async () => {
    const encoder = encodeStream(contextOf());
    const error = { status: 503, code: '', type: '', message: 'Overloaded', details: {} };
    const reading = readStream(encoder.encode({ kind: 'text-delta', text: 'a' }) + encoder.fail(error));
    await expect(reading).rejects.toMatchObject({ name: 'ApiError', status: 503 });
    const own = new GatewayError('upstream_cut', 'It broke.');
    const event = Buffer.from(renderErrorEvent(own, 'req_1', 'sse')).toString();
    await expect(readStream(event)).rejects.toMatchObject({ name: 'ApiError', status: 502 });
  });

  test('raises its own error with status and words for an answer that is one', async () => {
    const { status, body } = renderError(
      new GatewayError('invalid_request', 'No.', { field: 'contents[0].parts' }),
      'req_1',
    );
    const asking = official(body, 'application/json', status).models.generateContent({
      model: 'm',
      contents: 'x',
    });
    await expect(asking).rejects.toBeInstanceOf(ApiError);
    await expect(asking).rejects.toMatchObject({ status: 400, message: expect.stringContaining('No.') });
  });

  test('sees a prompt that was withheld as blocked', async () => {
    const parts: readonly StreamPart[] = [{ kind: 'finish', reason: 'filtered' }];
    const [chunk] = await readStream(streamOf(parts));
    expect(chunk?.promptFeedback?.blockReason).toBe('OTHER');
    expect(chunk?.candidates).toBeUndefined();
    expect((await readAnswer(encodeAnswer(parts, contextOf()))).promptFeedback?.blockReason).toBe('OTHER');
  });

  test('keeps a translated answer in the history of its chats, signatures included', async () => {
    const proof: Signature = { format: 'anthropic', value: 'proof', id: null, origin: null };
    const body = streamOf([
      { kind: 'reasoning-start' },
      { kind: 'reasoning-delta', text: 'Hm.' },
      { kind: 'reasoning-end', signature: proof },
      { kind: 'text-delta', text: 'Yes.' },
      { kind: 'finish', reason: 'stop' },
    ]);
    const chat = official(body, 'text/event-stream').chats.create({ model: 'm' });
    for await (const chunk of await chat.sendMessageStream({ message: 'Well?' }))
      expect(chunk.responseId).toBe('fresh');
    const kept = chat.getHistory(true).flatMap(({ parts }) => parts ?? []);
    const signatures = kept.flatMap(({ thoughtSignature: value }) => (value === undefined ? [] : [value]));
    expect(signatures.map(unwrapSignature)).toEqual([proof]);
  });
});
