/** What the gateway writes to clients of this dialect, read by the official SDK and by the AI SDK. */
import { createOpenAI } from '@ai-sdk/openai';
import { generateText, jsonSchema, streamText, tool } from 'ai';
import fc from 'fast-check';
import OpenAI from 'openai';
import type { Response as OpenAiResponse } from 'openai/resources/responses/responses';
import { describe, expect, test } from 'vitest';
import { unwrapSignature } from '../../core/canonical/signature.ts';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import { encodeAnswer, encodeStream } from './encode-answer.ts';
import { contextOf } from '../../testing/answer-context.ts';
import { anyAnswer, partsOf, type SaidAnswer } from '../../testing/any-answer.ts';

type Fetch = (input: unknown, init?: RequestInit) => Promise<Response>;

const answering =
  (body: string, contentType: string): Fetch =>
  () =>
    Promise.resolve(new Response(body, { headers: { 'content-type': contentType } }));

const official = (fetch: Fetch): OpenAI =>
  new OpenAI({ apiKey: 'none', baseURL: 'http://gateway.test/v1', maxRetries: 0, fetch });

function streamOf(parts: readonly StreamPart[]): string {
  const encoder = encodeStream(contextOf());
  return parts.map((part) => encoder.encode(part)).join('') + encoder.end();
}

/** What both readers must find. */
function expected({ blocks, finish, usage }: SaidAnswer) {
  const calls = blocks.flatMap((one) => (one.kind === 'calls' ? one.calls : []));
  const refusal = blocks.flatMap((one) => (one.kind === 'refusal' ? one.texts : [])).join('');
  // A refusal in words says it all; without one only the status can.
  const filtered = finish === 'filtered' || (finish === 'refused' && refusal === '');
  return {
    text: blocks.flatMap((one) => (one.kind === 'text' ? one.texts : [])).join(''),
    refusal,
    thoughts: blocks.flatMap((one) => (one.kind === 'reasoning' ? [one.texts.join('')] : [])),
    signatures: blocks.flatMap((one) => (one.kind === 'reasoning' ? [one.signature] : [])),
    calls: calls.map(({ custom, texts: input }, at) => ({
      id: `call_${at}`,
      custom,
      input: input.join('') || (custom ? '' : '{}'),
    })),
    status: finish === 'length' || filtered ? 'incomplete' : 'completed',
    reason: finish === 'length' ? 'max_output_tokens' : filtered ? 'content_filter' : undefined,
    usage: [usage.input, usage.cacheRead, usage.output, usage.reasoning],
  };
}

function found(response: OpenAiResponse) {
  const { output, usage } = response;
  const content = output.flatMap((item) => (item.type === 'message' ? item.content : []));
  const reasoning = output.flatMap((item) => (item.type === 'reasoning' ? [item] : []));
  return {
    text: response.output_text,
    refusal: content.flatMap((part) => (part.type === 'refusal' ? [part.refusal] : [])).join(''),
    thoughts: reasoning.map(({ summary }) => summary.map(({ text }) => text).join('')),
    signatures: reasoning.map(({ encrypted_content: text }) => (text ? unwrapSignature(text) : null)),
    calls: output.flatMap((item) => {
      if (item.type === 'function_call') return [{ id: item.call_id, custom: false, input: item.arguments }];
      return item.type === 'custom_tool_call' ? [{ id: item.call_id, custom: true, input: item.input }] : [];
    }),
    status: response.status,
    reason: response.incomplete_details?.reason,
    usage: [
      usage?.input_tokens,
      usage?.input_tokens_details.cached_tokens,
      usage?.output_tokens,
      usage?.output_tokens_details.reasoning_tokens,
    ],
  };
}

describe('the official SDK', () => {
  test('reads any stream to the same text, calls, finish and usage', async () => {
    await fc.assert(
      fc.asyncProperty(anyAnswer, async (said) => {
        const client = official(answering(streamOf(partsOf(said)), 'text/event-stream'));
        const stream = client.responses.stream({ model: 'm', input: 'hello' });
        expect(found(await stream.finalResponse())).toEqual(expected(said));
      }),
      { numRuns: 150 },
    );
  });

  test('adds up the events to what the last one says', async () => {
    await fc.assert(
      fc.asyncProperty(anyAnswer, async (said) => {
        const client = official(answering(streamOf(partsOf(said)), 'text/event-stream'));
        let text = '';
        const inputs = new Map<number, string>();
        let last = -1;
        for await (const event of await client.responses.create({
          model: 'm',
          input: 'hello',
          stream: true,
        })) {
          expect(event.sequence_number).toBe(last + 1);
          last = event.sequence_number;
          if (event.type === 'response.output_text.delta') text += event.delta;
          if (
            event.type === 'response.function_call_arguments.delta' ||
            event.type === 'response.custom_tool_call_input.delta'
          ) {
            inputs.set(event.output_index, (inputs.get(event.output_index) ?? '') + event.delta);
          }
          if (event.type === 'response.completed' || event.type === 'response.incomplete') {
            expect(text).toBe(expected(said).text);
            const whole = found(event.response).calls.map(({ input }) => input);
            const joined = [...inputs].toSorted(([one], [other]) => one - other).map(([, input]) => input);
            expect(joined).toEqual(whole.filter((input) => input !== ''));
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  test('reads a whole answer to the same', async () => {
    await fc.assert(
      fc.asyncProperty(anyAnswer, async (said) => {
        const client = official(answering(encodeAnswer(partsOf(said), contextOf()), 'application/json'));
        expect(found(await client.responses.create({ model: 'm', input: 'hello' }))).toEqual(expected(said));
      }),
      { numRuns: 100 },
    );
  });

  test('raises an error in the stream', async () => {
    const encoder = encodeStream(contextOf());
    const error = { status: 529, code: '', type: 'overloaded_error', message: 'Overloaded', details: {} };
    const body = encoder.encode({ kind: 'text-delta', text: 'Hel' }) + encoder.fail(error);
    const stream = official(answering(body, 'text/event-stream')).responses.stream({
      model: 'm',
      input: 'hello',
    });
    await expect(stream.finalResponse()).rejects.toThrow('Overloaded');
  });
});

describe('the AI SDK', () => {
  const provider = (body: string, contentType: string) =>
    createOpenAI({ apiKey: 'none', baseURL: 'http://gateway.test/v1', fetch: answering(body, contentType) });
  const tools = {
    weather: tool({ inputSchema: jsonSchema<object>({ type: 'object' }) }),
  };
  const said: readonly StreamPart[] = [
    { kind: 'response-start', id: 'up_1', model: 'some-model' },
    { kind: 'reasoning-start' },
    { kind: 'reasoning-delta', text: 'Let me ' },
    { kind: 'reasoning-delta', text: 'see.' },
    { kind: 'reasoning-end', signature: { format: 'anthropic', value: 's1', id: null, origin: null } },
    { kind: 'text-delta', text: 'I will ' },
    { kind: 'text-delta', text: 'look.' },
    { kind: 'citation', url: 'https://a.test/', title: 'A', start: 0, end: 6 },
    { kind: 'tool-call-start', index: 0, id: 'call_a', name: 'weather', custom: false },
    { kind: 'tool-call-delta', index: 0, text: '{"city":' },
    { kind: 'tool-call-start', index: 1, id: 'call_b', name: 'weather', custom: false },
    { kind: 'tool-call-delta', index: 1, text: '{}' },
    { kind: 'tool-call-delta', index: 0, text: '"Rome"}' },
    { kind: 'tool-call-end', index: 0 },
    { kind: 'tool-call-end', index: 1 },
    { kind: 'usage', usage: { input: 11, cacheRead: 4, cacheWrite: 0, output: 9, reasoning: 3 } },
    { kind: 'finish', reason: 'tool-calls' },
  ];
  const calls = [
    { toolCallId: 'call_a', toolName: 'weather', input: { city: 'Rome' } },
    { toolCallId: 'call_b', toolName: 'weather', input: {} },
  ];

  test('reads a stream', async () => {
    const model = provider(streamOf(said), 'text/event-stream').responses('gpt-5');
    const result = streamText({ model, tools, prompt: 'hello' });
    expect(await result.text).toBe('I will look.');
    expect((await result.finalStep).reasoningText).toBe('Let me see.');
    expect(await result.toolCalls).toMatchObject(calls);
    expect(await result.finishReason).toBe('tool-calls');
    expect(await result.usage).toMatchObject({ inputTokens: 11, outputTokens: 9 });
    expect(await result.sources).toMatchObject([{ url: 'https://a.test/' }]);
  });

  test('reads a whole answer', async () => {
    const model = provider(encodeAnswer(said, contextOf()), 'application/json').responses('gpt-5');
    const result = await generateText({ model, tools, prompt: 'hello' });
    expect(result.text).toBe('I will look.');
    expect(result.finalStep.reasoningText).toBe('Let me see.');
    expect(result.toolCalls).toMatchObject(calls);
    expect(result.finishReason).toBe('tool-calls');
  });

  const drawn: readonly StreamPart[] = [
    { kind: 'text-delta', text: 'Here.' },
    { kind: 'media', media: 'image', source: { kind: 'data', mediaType: 'image/png', base64: 'AAAA' } },
    { kind: 'finish', reason: 'stop' },
  ];

  test('finds no call of a tool that it did not declare where the model drew', async () => {
    const model = provider(streamOf(drawn), 'text/event-stream').responses('gpt-5');
    const result = streamText({ model, tools, prompt: 'draw' });
    expect(await result.text).toMatch(/^Here\.\[An image .*\]$/);
    expect(await result.toolCalls).toEqual([]);
  });

  test('finds the image where it declared the tool', async () => {
    const declared = contextOf([{ kind: 'hosted', name: 'image_generation' }]);
    const openai = provider(encodeAnswer(drawn, declared), 'application/json');
    const result = await generateText({
      model: openai.responses('gpt-5'),
      tools: { image_generation: openai.tools.imageGeneration() },
      prompt: 'draw',
    });
    expect(result.text).toBe('Here.');
    expect(result.toolResults).toMatchObject([{ toolName: 'image_generation', output: { result: 'AAAA' } }]);
  });
});
