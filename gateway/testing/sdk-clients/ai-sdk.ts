/** `ai` with each of its providers: generateText, streamText and generateObject. */
import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogle } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import {
  APICallError,
  generateObject,
  generateText,
  jsonSchema,
  Output,
  streamText,
  tool,
  type LanguageModel,
  type LanguageModelUsage,
  type ModelMessage,
  type ToolSet,
} from 'ai';
import type { DialectId } from '../../../contract/config/provider.ts';
import {
  CleanEnd,
  converse,
  explainWith,
  type Place,
  type ReceivedCall,
  type Reply,
  type SdkClient,
  type Sent,
  type Wishes,
} from './client.ts';

type ProviderOptions = NonNullable<Parameters<typeof generateText>[0]['providerOptions']>;

const FINISH: Readonly<Record<string, string>> = {
  'tool-calls': 'calls',
  'content-filter': 'filtered',
};

const usageOf = (usage: LanguageModelUsage): Reply['usage'] => ({
  input: usage.inputTokens ?? null,
  cached: usage.inputTokenDetails.cacheReadTokens ?? null,
  output: usage.outputTokens ?? null,
  reasoning: usage.outputTokenDetails.reasoningTokens ?? null,
});

function toolsOf({ tools }: Wishes): { tools?: ToolSet } {
  if (tools === undefined) return {};
  const entries = tools.map(({ name, description, schema }) => [
    name,
    tool({ description, inputSchema: jsonSchema({ ...schema }) }),
  ]);
  return { tools: Object.fromEntries(entries) };
}

/** Everything but the model, the messages and the form of the answer. */
function settingsOf(wishes: Wishes, providerOptions: ProviderOptions) {
  const { system, choice, maxTokens } = wishes;
  return {
    ...(system === undefined ? {} : { system }),
    ...(maxTokens === undefined ? {} : { maxOutputTokens: maxTokens }),
    ...toolsOf(wishes),
    ...(choice === undefined
      ? {}
      : {
          toolChoice:
            typeof choice === 'string' ? choice : ({ type: 'tool', toolName: choice.name } as const),
        }),
    providerOptions,
    maxRetries: 0,
  };
}

const callsOf = (
  calls: readonly { readonly toolCallId: string; readonly toolName: string; readonly input: unknown }[],
): readonly ReceivedCall[] => calls.map(({ toolCallId: id, toolName: name, input }) => ({ id, name, input }));

async function whole(
  model: LanguageModel,
  messages: ModelMessage[],
  wishes: Wishes,
  options: ProviderOptions,
): Promise<Sent<ModelMessage>> {
  const settings = settingsOf(wishes, options);
  if (wishes.schema !== undefined) {
    const schema = jsonSchema({ ...wishes.schema });
    // Programs still call it.
    // oxlint-disable-next-line typescript/no-deprecated
    const { object, finishReason, usage } = await generateObject({
      model,
      messages,
      schema,
      maxRetries: 0,
      providerOptions: options,
    });
    const reply = replyOf(JSON.stringify(object), '', [], finishReason, usageOf(usage), 0, 0);
    return { reply, back: [{ role: 'assistant', content: JSON.stringify(object) }] };
  }
  const got = await generateText({ model, messages, ...settings });
  const reply = replyOf(
    got.text,
    got.finalStep.reasoningText ?? '',
    callsOf(got.toolCalls),
    got.finishReason,
    usageOf(got.usage),
    0,
    0,
  );
  return { reply, back: got.responseMessages };
}

function replyOf(
  text: string,
  thinking: string,
  calls: readonly ReceivedCall[],
  finish: string,
  usage: Reply['usage'],
  textPieces: number,
  inputPieces: number,
): Reply {
  // What an SDK makes of a stream that ended without saying why.
  if (['other', 'error', 'unknown', 'interrupted'].includes(finish)) throw new CleanEnd();
  return {
    text,
    thinking,
    refusal: '',
    calls,
    finish: FINISH[finish] ?? finish,
    usage,
    textPieces,
    inputPieces,
  };
}

async function streamed(
  model: LanguageModel,
  messages: ModelMessage[],
  wishes: Wishes,
  options: ProviderOptions,
): Promise<Sent<ModelMessage>> {
  const { schema } = wishes;
  const result = streamText({
    model,
    messages,
    ...settingsOf(wishes, options),
    ...(schema === undefined ? {} : { output: Output.object({ schema: jsonSchema({ ...schema }) }) }),
    // Told through the stream.
    onError: () => undefined,
  });
  let textPieces = 0;
  let inputPieces = 0;
  let finish: string | null = null;
  for await (const part of result.stream) {
    if (part.type === 'error') throw part.error;
    if (part.type === 'text-delta') textPieces += 1;
    if (part.type === 'tool-input-delta') inputPieces += 1;
    if (part.type === 'finish') finish = part.finishReason;
  }
  if (finish === null) throw new CleanEnd();
  const reply = replyOf(
    await result.text,
    (await result.finalStep).reasoningText ?? '',
    callsOf(await result.toolCalls),
    finish,
    usageOf(await result.usage),
    textPieces,
    inputPieces,
  );
  return { reply, back: await result.responseMessages };
}

function aiClient(
  id: string,
  dialect: DialectId,
  modelAt: (place: Place, model: string) => LanguageModel,
  optionsFor: (wishes: Wishes) => ProviderOptions,
): SdkClient {
  return {
    id: `ai + ${id}`,
    dialect,
    begin(place, wishes) {
      const model = modelAt(place, wishes.model);
      const send = (history: readonly ModelMessage[]): Promise<Sent<ModelMessage>> =>
        (wishes.streamed ? streamed : whole)(model, [...history], wishes, optionsFor(wishes));
      return converse<ModelMessage>(
        send,
        ({ text, image }) => ({
          role: 'user',
          content: [
            { type: 'text', text },
            ...(image === undefined
              ? []
              : [{ type: 'file', data: image.base64, mediaType: image.mediaType } as const]),
          ],
        }),
        (results) => [
          {
            role: 'tool',
            content: results.map(({ id: toolCallId, name: toolName, text }) => ({
              type: 'tool-result',
              toolCallId,
              toolName,
              output: { type: 'text', value: text },
            })),
          },
        ],
      );
    },
    explain: explainWith((error) =>
      APICallError.isInstance(error)
        ? { status: error.statusCode, retryAfter: error.responseHeaders?.['retry-after'] }
        : null,
    ),
  };
}

export const aiOpenaiChat = aiClient(
  'openai chat',
  'openai-chat',
  ({ root, key }, model) => createOpenAI({ baseURL: `${root}/v1`, apiKey: key }).chat(model),
  ({ thinking, oneByOne }) => ({
    openai: {
      ...(thinking === true ? { reasoningEffort: 'medium', forceReasoning: true } : {}),
      ...(oneByOne === true ? { parallelToolCalls: false } : {}),
    },
  }),
);

export const aiOpenaiResponses = aiClient(
  'openai responses',
  'openai-responses',
  ({ root, key }, model) => createOpenAI({ baseURL: `${root}/v1`, apiKey: key }).responses(model),
  ({ thinking, oneByOne }) => ({
    openai: {
      store: false,
      include: ['reasoning.encrypted_content'],
      ...(thinking === true
        ? { reasoningEffort: 'medium', reasoningSummary: 'auto', forceReasoning: true }
        : {}),
      ...(oneByOne === true ? { parallelToolCalls: false } : {}),
    },
  }),
);

export const aiAnthropic = aiClient(
  'anthropic',
  'anthropic-messages',
  ({ root, key }, model) => createAnthropic({ baseURL: `${root}/v1`, apiKey: key })(model),
  ({ thinking, oneByOne }) => ({
    anthropic: {
      ...(thinking === true ? { thinking: { type: 'adaptive' } } : {}),
      ...(oneByOne === true ? { disableParallelToolUse: true } : {}),
    },
  }),
);

export const aiGoogle = aiClient(
  'google',
  'gemini',
  ({ root, key }, model) => createGoogle({ baseURL: `${root}/v1beta`, apiKey: key })(model),
  ({ thinking }) => ({
    google: thinking === true ? { thinkingConfig: { includeThoughts: true } } : {},
  }),
);

export const aiCompatible = aiClient(
  'openai-compatible',
  'openai-chat',
  ({ root, key }, model) =>
    createOpenAICompatible({
      name: 'switchyard',
      baseURL: `${root}/v1`,
      apiKey: key,
      includeUsage: true,
      supportsStructuredOutputs: true,
    })(model),
  ({ thinking, oneByOne }) => ({
    switchyard: {
      ...(thinking === true ? { reasoningEffort: 'medium' } : {}),
      ...(oneByOne === true ? { parallel_tool_calls: false } : {}),
    },
  }),
);
