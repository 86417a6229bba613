/** `@anthropic-ai/sdk`, messages. */
import Anthropic, { APIError } from '@anthropic-ai/sdk';
import {
  CleanEnd,
  converse,
  explainWith,
  headerOf,
  type SdkClient,
  type Sent,
  type Wishes,
} from './client.ts';

type Message = Anthropic.MessageParam;
type Params = Anthropic.MessageCreateParamsNonStreaming;

const FINISH: Readonly<Record<string, string>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'calls',
  refusal: 'refused',
};

function choiceOf({ choice, oneByOne }: Wishes): Partial<Pick<Params, 'tool_choice'>> {
  const alone = oneByOne === true ? { disable_parallel_tool_use: true } : {};
  if (choice === undefined) return oneByOne === true ? { tool_choice: { type: 'auto', ...alone } } : {};
  if (typeof choice === 'object') return { tool_choice: { type: 'tool', name: choice.name, ...alone } };
  if (choice === 'none') return { tool_choice: { type: 'none' } };
  return { tool_choice: { type: choice === 'required' ? 'any' : 'auto', ...alone } };
}

function paramsOf(wishes: Wishes, history: readonly Message[]): Params {
  const { model, system, tools, schema, thinking, maxTokens = 4_096 } = wishes;
  return {
    model,
    max_tokens: maxTokens,
    messages: [...history],
    ...(system === undefined ? {} : { system }),
    ...(tools === undefined
      ? {}
      : {
          tools: tools.map(({ name, description, schema: input }) => ({
            name,
            description,
            input_schema: { ...input, type: 'object' },
          })),
        }),
    ...choiceOf(wishes),
    ...(schema === undefined
      ? {}
      : { output_config: { format: { type: 'json_schema', schema: { ...schema } } } }),
    ...(thinking === true ? { thinking: { type: 'adaptive', display: 'summarized' } } : {}),
  };
}

function sentOf(message: Anthropic.Message, textPieces: number, inputPieces: number): Sent<Message> {
  const { content, stop_reason, stop_details, usage } = message;
  if (stop_reason === null) throw new CleanEnd();
  return {
    reply: {
      text: content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
      thinking: content.map((block) => (block.type === 'thinking' ? block.thinking : '')).join(''),
      refusal: stop_reason === 'refusal' ? (stop_details?.explanation ?? '') : '',
      calls: content.flatMap((block) =>
        block.type === 'tool_use' ? [{ id: block.id, name: block.name, input: block.input }] : [],
      ),
      finish: FINISH[stop_reason] ?? stop_reason,
      usage: {
        input:
          usage.input_tokens +
          (usage.cache_read_input_tokens ?? 0) +
          (usage.cache_creation_input_tokens ?? 0),
        cached: usage.cache_read_input_tokens,
        output: usage.output_tokens,
        reasoning: usage.output_tokens_details?.thinking_tokens ?? null,
      },
      textPieces,
      inputPieces,
    },
    back: content.length === 0 ? [] : [{ role: 'assistant', content: content.filter(isSendable) }],
  };
}

const isSendable = (
  block: Anthropic.ContentBlock,
): block is
  Anthropic.TextBlock | Anthropic.ThinkingBlock | Anthropic.RedactedThinkingBlock | Anthropic.ToolUseBlock =>
  ['text', 'thinking', 'redacted_thinking', 'tool_use'].includes(block.type);

/** Through the SDK's own accumulator, which refuses events out of order. */
async function streamed(client: Anthropic, params: Params): Promise<Sent<Message>> {
  const raw = await client.messages.create({ ...params, stream: true });
  const events: Anthropic.RawMessageStreamEvent[] = [];
  for await (const event of raw) events.push(event);
  if (events.at(-1)?.type !== 'message_stop') throw new CleanEnd();
  let textPieces = 0;
  let inputPieces = 0;
  for (const event of events) {
    if (event.type !== 'content_block_delta') continue;
    if (event.delta.type === 'text_delta') textPieces += 1;
    if (event.delta.type === 'input_json_delta' && event.delta.partial_json !== '') inputPieces += 1;
  }
  return sentOf(await accumulate(client, params, events), textPieces, inputPieces);
}

function accumulate(
  client: Anthropic,
  params: Params,
  events: readonly Anthropic.RawMessageStreamEvent[],
): Promise<Anthropic.Message> {
  const text = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
  const replay = client.withOptions({
    fetch: () => Promise.resolve(new Response(text, { headers: { 'content-type': 'text/event-stream' } })),
  });
  return replay.messages.stream(params).finalMessage();
}

export const anthropicClient: SdkClient = {
  id: 'anthropic',
  dialect: 'anthropic-messages',
  begin({ root, key }, wishes) {
    const client = new Anthropic({ baseURL: root, apiKey: key, maxRetries: 0 });
    const send = async (history: readonly Message[]): Promise<Sent<Message>> => {
      const params = paramsOf(wishes, history);
      return wishes.streamed ? streamed(client, params) : sentOf(await client.messages.create(params), 0, 0);
    };
    return converse<Message>(
      send,
      ({ text, image }) => ({
        role: 'user',
        content: [
          { type: 'text', text },
          ...(image === undefined ? [] : [imageBlock(image.mediaType, image.base64)]),
        ],
      }),
      (results) => [
        {
          role: 'user',
          content: results.map(({ id, text }) => ({ type: 'tool_result', tool_use_id: id, content: text })),
        },
      ],
    );
  },
  explain: explainWith((error) =>
    error instanceof APIError
      ? { status: error.status, retryAfter: headerOf(error.headers, 'retry-after') }
      : null,
  ),
};

function imageBlock(mediaType: string, data: string): Anthropic.ImageBlockParam {
  if (mediaType !== 'image/png') throw new Error('tests send PNG');
  return { type: 'image', source: { type: 'base64', media_type: mediaType, data } };
}
