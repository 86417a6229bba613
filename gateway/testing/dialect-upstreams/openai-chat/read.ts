/** Reads a chat request as strictly as OpenAI's API, with DeepSeek's rule about reasoning on top. */
import { isArray, isObject, type JsonObject } from '../../../core/json.ts';
import type { Memory } from '../memory.ts';
import {
  booleanIn,
  describeMedia,
  listIn,
  numberIn,
  objectIn,
  objectsIn,
  splitDataUrl,
  textIn,
  unknownIn,
} from '../read-members.ts';
import { Refused, scenarioOf, type Seen, type SeenCall, type SeenResult } from '../scene.ts';
import type { SpokenRequest } from '../speaker.ts';
import { checkConversation } from './conversation.ts';
import { readChoice, readFormat, readTools } from './tools.ts';

const KNOWN = [
  'model',
  'messages',
  'max_tokens',
  'max_completion_tokens',
  'temperature',
  'top_p',
  'frequency_penalty',
  'presence_penalty',
  'seed',
  'stop',
  'n',
  'logprobs',
  'top_logprobs',
  'logit_bias',
  'stream',
  'stream_options',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'response_format',
  'reasoning_effort',
  'verbosity',
  'store',
  'metadata',
  'user',
  'safety_identifier',
  'service_tier',
  'prompt_cache_key',
];

export function readChat({ body }: SpokenRequest, memory: Memory): Seen {
  const unknown = unknownIn(body, KNOWN);
  if (unknown !== undefined) throw new Refused(400, `Unrecognized request argument supplied: ${unknown}`);
  const model = textIn(body, 'model');
  if (model === null) throw new Refused(400, 'you must provide a model parameter');
  const messages = objectsIn(body, 'messages');
  if (messages.length === 0 || messages.length !== listIn(body, 'messages').length) {
    throw new Refused(400, "Invalid 'messages': empty array.", 'empty_array', 'messages');
  }
  if (body['max_tokens'] !== undefined && body['max_completion_tokens'] !== undefined) {
    throw new Refused(400, "'max_tokens' and 'max_completion_tokens' cannot be both set.");
  }
  const streamed = body['stream'] === true;
  if (body['stream_options'] !== undefined && !streamed) {
    const text = "The 'stream_options' parameter is only allowed when 'stream' is enabled.";
    throw new Refused(400, text, null, 'stream_options');
  }
  checkConversation(messages, memory);
  const tools = readTools(body);
  const since = messages.findLastIndex(({ role, content }) => role === 'user' && textOf(content) !== '');
  const lastTurn = messages.findLastIndex(({ role }) => role === 'assistant');
  const spoken = messages.filter(({ role }, index) => role === 'user' && index > lastTurn);
  const after = messages.slice(since + 1);
  return {
    ...scenarioOf(textOf(messages[since]?.['content'])),
    model,
    streamed,
    system: messages
      .filter(({ role }) => role === 'system' || role === 'developer')
      .map(({ content }) => textOf(content))
      .join('\n'),
    text: spoken.map(({ content }) => textOf(content)).join('\n'),
    media: spoken.flatMap(({ content }) => mediaOf(content)),
    tools,
    choice: readChoice(body, tools),
    parallel: booleanIn(body, 'parallel_tool_calls'),
    schema: readFormat(body),
    maxTokens: numberIn(body, 'max_completion_tokens') ?? numberIn(body, 'max_tokens'),
    // Servers of this kind always show what they think.
    shown: true,
    thinking: body['reasoning_effort'] !== 'none',
    effort: textIn(body, 'reasoning_effort'),
    calls: after.flatMap(callsOf),
    results: resultsOf(after),
    thoughts: messages.filter((message) => memory.thought(textIn(message, 'reasoning_content') ?? '')).length,
  };
}

export function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!isArray(content)) return '';
  return content.map((part) => (isObject(part) ? (textIn(part, 'text') ?? '') : '')).join('');
}

function mediaOf(content: unknown): readonly string[] {
  if (!isArray(content)) return [];
  return content.flatMap((part): readonly string[] => {
    if (!isObject(part)) return [];
    const url = textIn(objectIn(part, 'image_url') ?? {}, 'url');
    const file = textIn(objectIn(part, 'file') ?? {}, 'file_data');
    const found = url ?? file;
    if (found === null) return [];
    const data = splitDataUrl(found);
    return [data === null ? found : describeMedia(data.mediaType, data.base64)];
  });
}

function callsOf(message: JsonObject): readonly SeenCall[] {
  return objectsIn(message, 'tool_calls').map((call) => {
    const named = objectIn(call, 'function') ?? objectIn(call, 'custom') ?? {};
    const custom = call['type'] === 'custom';
    const input: unknown = custom ? textIn(named, 'input') : JSON.parse(textIn(named, 'arguments') ?? '');
    return { id: textIn(call, 'id'), name: textIn(named, 'name') ?? '', input, custom };
  });
}

/** Pictures cannot stand in a result, so those of a user message behind the results are theirs. */
function resultsOf(messages: readonly JsonObject[]): readonly SeenResult[] {
  const results = messages
    .filter(({ role }) => role === 'tool')
    .map((message) => ({
      id: textIn(message, 'tool_call_id'),
      name: null,
      text: textOf(message['content']),
      images: [],
      failed: false,
    }));
  const images = messages.filter(({ role }) => role === 'user').flatMap(({ content }) => mediaOf(content));
  const last = results.at(-1);
  return last === undefined || images.length === 0 ? results : [...results.slice(0, -1), { ...last, images }];
}
