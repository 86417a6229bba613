/** What Grok's reasoning models refuse. */
import type { Quirk } from '../../../core/provider.ts';
import { withoutMembers } from '../../../core/without-members.ts';

const REFUSED = ['presence_penalty', 'frequency_penalty', 'stop'];
/** Grok 2, Grok 3 but for its mini, and what says so in its name. */
const PLAIN = /non-reasoning|^grok-2|^grok-3(?!-mini)/;

export const reasoningModels: Quirk = {
  reason: "Grok's reasoning models answer an error to penalties and `stop`.",
  dialect: 'openai-chat',
  relayedWith: REFUSED.map((name) => `"${name}"`),
  request: (body, model, warn) => (PLAIN.test(model) ? body : withoutMembers(body, REFUSED, model, warn)),
};
