/** Requests of clients, read into the canonical form. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { CanonicalRequest, Warn } from '../../core/canonical/request.ts';
import type { RequestFacts } from '../../core/client-shape.ts';
import type { JsonObject } from '../../core/json.ts';
import { AN_ARRAY } from '../../core/allowed.ts';
import { fieldError } from '../../core/body-error.ts';
import { readArray, refuse } from '../../core/json-read.ts';
import { decodeMessages, type Conversation } from './decode-messages.ts';
import { decodeSettings } from './decode-settings.ts';
import { decodeTools } from './decode-tools.ts';
import { messagesOfInput } from './responses-input.ts';

/** Members that are read, and those that mean nothing to the answer. */
const READ: ReadonlySet<string> = new Set([
  ...[
    'model',
    'messages',
    'input',
    'instructions',
    'stream',
    'stream_options',
    'store',
    'metadata',
    'include',
  ],
  ...['max_completion_tokens', 'max_tokens', 'max_output_tokens', 'temperature', 'top_p', 'top_k', 'stop'],
  ...['seed', 'presence_penalty', 'frequency_penalty', 'n', 'reasoning', 'reasoning_effort', 'verbosity'],
  ...['response_format', 'text', 'tools', 'tool_choice', 'functions', 'function_call', 'parallel_tool_calls'],
  ...['user', 'safety_identifier', 'prompt_cache_key', 'service_tier'],
]);
/** What asks for nothing needs no warning. */
const IDLE: readonly string[] = ['null', 'false', '0', '{}', '[]', '["text"]'];
/** Warnings about members nobody knows. */
const MOST_NAMED = 12;

export function decodeRequest(body: JsonObject, facts: RequestFacts, warn: Warn): CanonicalRequest {
  const left = Object.keys(body).filter(
    (name) => !READ.has(name) && !IDLE.includes(JSON.stringify(body[name])),
  );
  for (const name of left.slice(0, MOST_NAMED)) {
    warn(remark('no-counterpart', { name: name.slice(0, 60) }));
  }
  const { system, turns } = decodeConversation(body, warn);
  if (turns.length === 0 && system.length === 0) {
    const sentence = '"messages" must hold at least one message with content.';
    throw fieldError('invalid_request', 'messages', sentence, 'body-messages-with-content');
  }
  return {
    model: facts.model,
    streamed: facts.streamed,
    system,
    turns,
    tools: decodeTools(body),
    settings: decodeSettings(body, warn),
  };
}

/** `messages`, or what Cursor sends to this path: `input` and `instructions`, as Responses has them. */
function decodeConversation(body: JsonObject, warn: Warn): Conversation {
  const { messages, input } = body;
  if ((messages === undefined || messages === null) && input !== undefined) {
    return decodeMessages(messagesOfInput(body, warn), 'input', warn);
  }
  if (messages === undefined) refuse('messages', AN_ARRAY, messages);
  return decodeMessages(readArray(messages, 'messages'), 'messages', warn);
}
