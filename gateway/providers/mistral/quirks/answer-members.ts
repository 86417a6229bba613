/** What answers of other providers hold and Mistral does not know when a client brings it back. */
import { withoutEarlierReasoning } from '../../../core/earlier-reasoning.ts';
import { isArray, isObject, type JsonObject } from '../../../core/json.ts';
import type { Quirk } from '../../../core/provider.ts';
import { withoutMembers } from '../../../core/without-members.ts';

const REASONING = ['reasoning_content', 'reasoning_details', 'reasoning'];
const IDLE = ['refusal', 'annotations'];
/** What they hold where they are not null is more than Mistral can be told; its refusal names them. */
const NULL_ONLY = ['audio', 'function_call'];

export const answerMembers: Quirk = {
  reason:
    'Mistral answers 422 to messages with reasoning, `refusal`, `annotations`, `audio` or `function_call`, even where they are null.',
  dialect: 'openai-chat',
  relayedWith: [...REASONING, ...IDLE, ...NULL_ONLY].map((name) => `"${name}"`),
  request: (body, _model, warn) => {
    const silent = withoutEarlierReasoning(body, REASONING, 'Mistral', warn);
    const { messages } = silent;
    if (!isArray(messages)) return silent;
    const known = messages.map((message) =>
      isObject(message) && message['role'] === 'assistant' ? withKnown(message) : message,
    );
    return known.every((message, index) => message === messages[index])
      ? silent
      : { ...silent, messages: known };
  },
};

/** The words of a refusal stay, as text: a message without any is refused. */
function withKnown(message: JsonObject): JsonObject {
  const { content, refusal } = message;
  const idle = [...IDLE, ...NULL_ONLY.filter((name) => message[name] === null)];
  const known = withoutMembers(message, idle, 'Mistral', () => undefined);
  const wordless = content === undefined || content === null || content === '';
  return wordless && typeof refusal === 'string' ? { ...known, content: refusal } : known;
}
