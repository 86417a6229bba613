/** Members for which Cerebras answers 400 (its page on OpenAI compatibility). */
import type { Quirk } from '../../../core/provider.ts';
import { withoutMembers } from '../../../core/without-members.ts';

export const refusedMembers: Quirk = {
  reason: 'Cerebras answers 400 to penalties and `logit_bias`.',
  dialect: 'openai-chat',
  request: (body, _model, warn) =>
    withoutMembers(body, ['frequency_penalty', 'presence_penalty', 'logit_bias'], 'Cerebras', warn),
};
