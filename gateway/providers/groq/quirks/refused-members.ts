/** Members for which Groq answers 400 (its page on OpenAI compatibility). */
import { remark } from '../../../../contract/rpc/remarks/remark.ts';
import { isArray, isObject, type JsonObject } from '../../../core/json.ts';
import type { Quirk } from '../../../core/provider.ts';
import { withoutMembers } from '../../../core/without-members.ts';

const REFUSED = ['logprobs', 'top_logprobs', 'logit_bias'];

export const refusedMembers: Quirk = {
  reason: 'Groq answers 400 to log probabilities, `logit_bias`, `n` above 1 and names of speakers.',
  dialect: 'openai-chat',
  request: (body, _model, warn) => {
    const one = body['n'] === 1 ? body : withoutMembers(body, ['n'], 'Groq', warn);
    const rest = withoutMembers(one, REFUSED, 'Groq', warn);
    const { messages } = rest;
    if (!isArray(messages) || !messages.some(hasName)) return rest;
    warn(remark('speaker-names'));
    const unnamed = (message: JsonObject): JsonObject =>
      withoutMembers(message, ['name'], 'Groq', () => undefined);
    return { ...rest, messages: messages.map((message) => (hasName(message) ? unnamed(message) : message)) };
  },
};

function hasName(message: unknown): message is JsonObject {
  return isObject(message) && message['name'] !== undefined;
}
