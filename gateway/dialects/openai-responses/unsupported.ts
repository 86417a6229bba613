/** What a gateway without a store of responses cannot do, and members that mean nothing elsewhere. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { Warn } from '../../core/canonical/request.ts';
import type { ProblemSaying } from '../../../contract/rpc/problem-sayings.ts';
import { fieldError } from '../../core/body-error.ts';
import type { GatewayError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';

/** What to do instead, by the member that refers to something only OpenAI holds; and its saying. */
const STORED: Readonly<Record<string, readonly [why: string, saying: ProblemSaying]>> = {
  previous_response_id: [
    'refers to an answer that this gateway does not keep for models of another provider. Send the whole conversation in "input" instead, with "store" set to false.',
    'body-stored-answer',
  ],
  conversation: [
    'refers to a conversation that is kept by OpenAI and cannot be read for models of another provider. Send the whole conversation in "input" instead.',
    'body-stored-conversation',
  ],
  prompt: [
    'refers to a prompt template that is kept by OpenAI. Send its text in "instructions" and "input" instead.',
    'body-stored-prompt',
  ],
  background: [
    'asks for an answer that is fetched later, which only OpenAI itself can keep. Leave it out and use "stream" instead.',
    'body-background',
  ],
};

/** @throws GatewayError `unsupported_feature` naming the member */
export function refuseStored(body: JsonObject): void {
  for (const [field, [why, saying]] of Object.entries(STORED)) {
    const value = body[field] ?? false;
    if (value !== false) throw unsupported(field, why, saying);
  }
}

/** @throws GatewayError always */
export function refuseReference(field: string): never {
  throw unsupported(
    field,
    'refers to an item that this gateway does not hold, or holds no longer: it keeps those of recent answers until it is restarted. Send the item itself instead: SDKs do so when "store" is false.',
    'body-item-gone',
  );
}

const unsupported = (field: string, why: string, saying: ProblemSaying): GatewayError =>
  fieldError('unsupported_feature', field, `"${field}" ${why}`, saying);

/** Members that are read, or that say nothing an answer depends on. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  ...Object.keys(STORED),
  'model',
  'input',
  'messages',
  'instructions',
  'stream',
  'stream_options',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'max_output_tokens',
  'max_tokens',
  'temperature',
  'top_p',
  'reasoning',
  'text',
  'user',
  'safety_identifier',
  'prompt_cache_key',
  'service_tier',
  'store',
  'metadata',
  'include',
  'client_metadata',
  'prompt_cache_options',
  'prompt_cache_retention',
]);

export function warnOfUnknown(body: JsonObject, warn: Warn): void {
  for (const [name, value] of Object.entries(body)) {
    if (UNDERSTOOD.has(name) || value === null || (name === 'truncation' && value === 'disabled')) continue;
    warn(remark('no-counterpart', { name: name.slice(0, 60) }));
  }
  const { include } = body;
  if (Array.isArray(include) && include.includes('message.output_text.logprobs')) {
    warn(remark('logprobs-asked'));
  }
}
