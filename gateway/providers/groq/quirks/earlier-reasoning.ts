/** What of earlier answers Groq refuses. */
import { withoutEarlierReasoning } from '../../../core/earlier-reasoning.ts';
import type { Quirk } from '../../../core/provider.ts';

const REFUSED = ['reasoning_content', 'reasoning_details'];
/** Models that think take their own reasoning back under the name that Groq gives it. */
const THINKS = /gpt-oss|qwen3|qwq|deepseek-r1/i;

export const earlierReasoning: Quirk = {
  reason:
    'Groq answers 400 to `reasoning_content` and `reasoning_details` in messages; `reasoning` is for models that think.',
  dialect: 'openai-chat',
  relayedWith: ['"reasoning_content"', '"reasoning_details"', '"reasoning"'],
  request: (body, model, warn) =>
    withoutEarlierReasoning(body, THINKS.test(model) ? REFUSED : [...REFUSED, 'reasoning'], 'Groq', warn),
};
