/** `openai`, chat completions. */
import OpenAI, { APIError } from 'openai';
import { isObject, type JsonObject } from '../../core/json.ts';
import {
  CleanEnd,
  converse,
  explainWith,
  headerOf,
  type Reply,
  type SdkClient,
  type Sent,
  type Wishes,
} from './client.ts';

type Message = OpenAI.Chat.ChatCompletionMessageParam;
type Params = OpenAI.Chat.ChatCompletionCreateParamsNonStreaming;

const FINISH: Readonly<Record<string, string>> = {
  tool_calls: 'calls',
  content_filter: 'filtered',
};

function paramsOf(wishes: Wishes, history: readonly Message[]): Params {
  const { model, system, tools, choice, oneByOne, schema, thinking, maxTokens } = wishes;
  return {
    model,
    messages: [...(system === undefined ? [] : [{ role: 'system', content: system } as const]), ...history],
    ...(tools === undefined
      ? {}
      : {
          tools: tools.map(({ name, description, schema: parameters, custom }) =>
            custom === true
              ? { type: 'custom', custom: { name, description } }
              : { type: 'function', function: { name, description, parameters: { ...parameters } } },
          ),
        }),
    ...(choice === undefined
      ? {}
      : {
          tool_choice:
            typeof choice === 'string' ? choice : { type: 'function', function: { name: choice.name } },
        }),
    ...(oneByOne === true ? { parallel_tool_calls: false } : {}),
    ...(schema === undefined
      ? {}
      : {
          response_format: {
            type: 'json_schema',
            json_schema: { name: 'answer', schema: { ...schema }, strict: true },
          },
        }),
    ...(thinking === true ? { reasoning_effort: 'medium' } : {}),
    ...(maxTokens === undefined ? {} : { max_completion_tokens: maxTokens }),
  };
}

interface GatheredCall {
  id: string;
  name: string;
  input: string;
  custom: boolean;
}

interface Gathered {
  text: string;
  thinking: string;
  refusal: string;
  textPieces: number;
  inputPieces: number;
  finish: string | null;
  usage: OpenAI.CompletionUsage | null;
  readonly calls: GatheredCall[];
}

/** Arguments as programs read them; the text of a custom tool as it is. */
const inputOf = ({ input, custom }: GatheredCall): unknown =>
  custom ? input : JSON.parse(input === '' ? '{}' : input);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The SDK types do not know reasoning, but hand it through. */
const reasoningOf = (value: unknown): string =>
  isObject(value) ? textOf(value['reasoning_content'] ?? value['reasoning']) : '';

/** The SDK has no type for pieces of custom calls, which OpenAI sends. */
const customOf = (piece: object): JsonObject | null =>
  'custom' in piece && isObject(piece.custom) ? piece.custom : null;

function sentOf(got: Gathered): Sent<Message> {
  if (got.finish === null) throw new CleanEnd();
  const reply: Reply = {
    text: got.text,
    thinking: got.thinking,
    refusal: got.refusal,
    calls: got.calls.map((call) => ({
      id: call.id,
      name: call.name,
      input: inputOf(call),
      ...(call.custom ? { custom: true } : {}),
    })),
    finish: FINISH[got.finish] ?? got.finish,
    usage: {
      input: got.usage?.prompt_tokens ?? null,
      cached: got.usage?.prompt_tokens_details?.cached_tokens ?? null,
      output: got.usage?.completion_tokens ?? null,
      reasoning: got.usage?.completion_tokens_details?.reasoning_tokens ?? null,
    },
    textPieces: got.textPieces,
    inputPieces: got.inputPieces,
  };
  const message: Message & { reasoning_content?: string } = {
    role: 'assistant',
    content: got.text === '' ? null : got.text,
    ...(got.thinking === '' ? {} : { reasoning_content: got.thinking }),
    ...(got.refusal === '' ? {} : { refusal: got.refusal }),
    ...(got.calls.length === 0
      ? {}
      : {
          tool_calls: got.calls.map(({ id, name, input, custom }) =>
            custom
              ? { id, type: 'custom', custom: { name, input } }
              : { id, type: 'function', function: { name, arguments: input } },
          ),
        }),
  };
  return { reply, back: [message] };
}

const nothing = (): Gathered => ({
  text: '',
  thinking: '',
  refusal: '',
  textPieces: 0,
  inputPieces: 0,
  finish: null,
  usage: null,
  calls: [],
});

async function whole(client: OpenAI, params: Params): Promise<Sent<Message>> {
  const answer = await client.chat.completions.create(params);
  const got = nothing();
  const choice = answer.choices[0];
  got.text = choice?.message.content ?? '';
  got.thinking = reasoningOf(choice?.message);
  got.refusal = choice?.message.refusal ?? '';
  got.finish = choice?.finish_reason ?? null;
  got.usage = answer.usage ?? null;
  for (const call of choice?.message.tool_calls ?? []) {
    const { id } = call;
    if (call.type === 'custom') got.calls.push({ id, ...call.custom, custom: true });
    else got.calls.push({ id, name: call.function.name, input: call.function.arguments, custom: false });
  }
  return sentOf(got);
}

async function streamed(client: OpenAI, params: Params): Promise<Sent<Message>> {
  const stream = await client.chat.completions.create({
    ...params,
    stream: true,
    stream_options: { include_usage: true },
  });
  const got = nothing();
  // Some servers count from 1.
  const slots: (GatheredCall | undefined)[] = [];
  for await (const chunk of stream) {
    got.usage = chunk.usage ?? got.usage;
    const choice = chunk.choices[0];
    if (choice === undefined) continue;
    const { delta } = choice;
    got.finish = choice.finish_reason ?? got.finish;
    got.thinking += reasoningOf(delta);
    got.refusal += delta.refusal ?? '';
    got.text += delta.content ?? '';
    if ((delta.content ?? '') !== '') got.textPieces += 1;
    for (const piece of delta.tool_calls ?? []) {
      const call = (slots[piece.index] ??= { id: '', name: '', input: '', custom: false });
      const free = customOf(piece);
      call.id = piece.id ?? call.id;
      call.custom ||= free !== null;
      call.name += piece.function?.name ?? textOf(free?.['name']);
      const input = piece.function?.arguments ?? textOf(free?.['input']);
      call.input += input;
      if (input !== '') got.inputPieces += 1;
    }
  }
  got.calls.push(...slots.filter((call) => call !== undefined));
  return sentOf(got);
}

export const openaiChatClient: SdkClient = {
  id: 'openai chat',
  dialect: 'openai-chat',
  begin({ root, key }, wishes) {
    const client = new OpenAI({ baseURL: `${root}/v1`, apiKey: key, maxRetries: 0 });
    const send = (history: readonly Message[]): Promise<Sent<Message>> =>
      (wishes.streamed ? streamed : whole)(client, paramsOf(wishes, history));
    return converse<Message>(
      send,
      ({ text, image }) => ({
        role: 'user',
        content:
          image === undefined
            ? text
            : [
                { type: 'text', text },
                { type: 'image_url', image_url: { url: `data:${image.mediaType};base64,${image.base64}` } },
              ],
      }),
      (results) => results.map(({ id, text }) => ({ role: 'tool', tool_call_id: id, content: text })),
    );
  },
  explain: explainWith((error) =>
    error instanceof APIError
      ? { status: error.status, retryAfter: headerOf(error.headers, 'retry-after') }
      : null,
  ),
};
