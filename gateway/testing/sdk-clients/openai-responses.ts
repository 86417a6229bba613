/** `openai`, responses: stateless, with encrypted reasoning. */
import OpenAI, { APIError } from 'openai';
import {
  CleanEnd,
  converse,
  explainWith,
  headerOf,
  type ReceivedCall,
  type SdkClient,
  type Sent,
  type Wishes,
} from './client.ts';

type Item = OpenAI.Responses.ResponseInputItem;
type Params = OpenAI.Responses.ResponseCreateParamsNonStreaming;

function paramsOf(wishes: Wishes, history: readonly Item[]): Params {
  const { model, system, tools, choice, oneByOne, schema, thinking, maxTokens } = wishes;
  return {
    model,
    input: [...history],
    store: false,
    include: ['reasoning.encrypted_content'],
    ...(system === undefined ? {} : { instructions: system }),
    ...(tools === undefined
      ? {}
      : {
          tools: tools.map(({ name, description, schema: parameters, custom }) =>
            custom === true
              ? { type: 'custom', name, description }
              : { type: 'function', name, description, parameters: { ...parameters }, strict: false },
          ),
        }),
    ...(choice === undefined
      ? {}
      : { tool_choice: typeof choice === 'string' ? choice : { type: 'function', name: choice.name } }),
    ...(oneByOne === true ? { parallel_tool_calls: false } : {}),
    ...(schema === undefined
      ? {}
      : { text: { format: { type: 'json_schema', name: 'answer', schema: { ...schema }, strict: true } } }),
    ...(thinking === true ? { reasoning: { effort: 'medium', summary: 'auto' } } : {}),
    ...(maxTokens === undefined ? {} : { max_output_tokens: maxTokens }),
  };
}

function finishOf({ status, incomplete_details, output }: OpenAI.Responses.Response): string {
  if (status === 'incomplete') {
    const reason = incomplete_details?.reason ?? '';
    return reason === 'max_output_tokens' ? 'length' : reason === 'content_filter' ? 'filtered' : reason;
  }
  if (status !== 'completed') throw new CleanEnd();
  return output.some(({ type }) => type === 'function_call' || type === 'custom_tool_call')
    ? 'calls'
    : 'stop';
}

function sentOf(response: OpenAI.Responses.Response, textPieces: number, inputPieces: number): Sent<Item> {
  const { output, usage } = response;
  const content = output.flatMap((item) => (item.type === 'message' ? item.content : []));
  const reasoning = output.flatMap((item) =>
    item.type === 'reasoning' ? [...item.summary, ...(item.content ?? [])] : [],
  );
  return {
    reply: {
      text: content.map((part) => (part.type === 'output_text' ? part.text : '')).join(''),
      thinking: reasoning.map(({ text }) => text).join(''),
      refusal: content.map((part) => (part.type === 'refusal' ? part.refusal : '')).join(''),
      calls: output.flatMap((item): readonly ReceivedCall[] => {
        if (item.type === 'function_call') {
          return [{ id: item.call_id, name: item.name, input: JSON.parse(item.arguments) }];
        }
        if (item.type !== 'custom_tool_call') return [];
        return [{ id: item.call_id, name: item.name, input: item.input, custom: true }];
      }),
      finish: finishOf(response),
      usage: {
        input: usage?.input_tokens ?? null,
        cached: usage?.input_tokens_details.cached_tokens ?? null,
        output: usage?.output_tokens ?? null,
        reasoning: usage?.output_tokens_details.reasoning_tokens ?? null,
      },
      textPieces,
      inputPieces,
    },
    // The SDK's own type of an output item is wider than what may be sent back, by hosted tools alone.
    back: output.filter(isSendable),
  };
}

const isSendable = (item: OpenAI.Responses.ResponseOutputItem): item is Extract<typeof item, Item> =>
  ['message', 'reasoning', 'function_call', 'custom_tool_call'].includes(item.type);

/** @param strict what OpenAI itself keeps to, and servers that follow it do not always */
async function streamed(client: OpenAI, params: Params, strict: boolean): Promise<Sent<Item>> {
  const stream = await client.responses.create({ ...params, stream: true });
  let ended: OpenAI.Responses.Response | null = null;
  let textPieces = 0;
  let inputPieces = 0;
  const done: OpenAI.Responses.ResponseOutputItem[] = [];
  let sequence = -1;
  for await (const event of stream) {
    // A program may sort by it.
    if (strict && event.sequence_number <= sequence)
      throw new Error(`sequence number ${event.sequence_number} twice`);
    sequence = event.sequence_number;
    if (event.type === 'response.output_text.delta') textPieces += 1;
    if (event.type === 'response.function_call_arguments.delta') inputPieces += 1;
    if (event.type === 'response.output_item.done') done.push(event.item);
    if (event.type === 'response.completed' || event.type === 'response.incomplete') ended = event.response;
  }
  if (ended === null) throw new CleanEnd();
  if (strict && JSON.stringify(done) !== JSON.stringify(ended.output)) {
    throw new Error(`items ${JSON.stringify(done)} differ from the output ${JSON.stringify(ended.output)}`);
  }
  return sentOf(ended, textPieces, inputPieces);
}

const responsesClient = (strict: boolean): SdkClient => ({
  id: 'openai responses',
  dialect: 'openai-responses',
  begin({ root, key }, wishes) {
    const client = new OpenAI({ baseURL: `${root}/v1`, apiKey: key, maxRetries: 0 });
    const send = async (history: readonly Item[]): Promise<Sent<Item>> => {
      const params = paramsOf(wishes, history);
      return wishes.streamed
        ? streamed(client, params, strict)
        : sentOf(await client.responses.create(params), 0, 0);
    };
    return converse<Item>(
      send,
      ({ text, image }) => ({
        role: 'user',
        content: [
          { type: 'input_text', text },
          ...(image === undefined
            ? []
            : [
                {
                  type: 'input_image',
                  detail: 'auto',
                  image_url: `data:${image.mediaType};base64,${image.base64}`,
                } as const,
              ]),
        ],
      }),
      (results) =>
        results.map(({ id, text, custom }) => ({
          type: custom === true ? 'custom_tool_call_output' : 'function_call_output',
          call_id: id,
          output: text,
        })),
    );
  },
  explain: explainWith((error) =>
    error instanceof APIError
      ? { status: error.status, retryAfter: headerOf(error.headers, 'retry-after') }
      : null,
  ),
});

export const openaiResponsesClient = responsesClient(true);
/** For recordings of servers that number or repeat their items in their own way. */
export const lenientResponsesClient = responsesClient(false);
