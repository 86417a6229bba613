/** Sampling that the newer Kimi models do not leave to the caller. */
import type { Quirk } from '../../../core/provider.ts';
import { withoutMembers } from '../../../core/without-members.ts';

const FIXED = ['temperature', 'top_p', 'n', 'presence_penalty', 'frequency_penalty'];

export const fixedSampling: Quirk = {
  reason:
    'From Kimi K2.5 on, temperature, `top_p`, `n` and penalties are fixed, and another value is an error.',
  dialect: 'openai-chat',
  request: (body, model, warn) =>
    /^kimi-k(?:2\.[5-9]|[3-9])/.test(model) ? withoutMembers(body, FIXED, model, warn) : body,
};
