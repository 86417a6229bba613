/** Members of OpenAI's chat that Mistral does not know, for each of which it answers 422. */
import type { Quirk } from '../../../core/provider.ts';
import { withoutMembers } from '../../../core/without-members.ts';

/** Nothing is lost without these: usage comes in any case, and nothing is kept. */
const IDLE = ['stream_options', 'store'];
const UNKNOWN = [
  'user',
  'safety_identifier',
  'logit_bias',
  'logprobs',
  'top_logprobs',
  'service_tier',
  'verbosity',
  'prompt_cache_key',
  'prompt_cache_retention',
  'modalities',
  'audio',
  'web_search_options',
];

export const unknownMembers: Quirk = {
  reason: 'Mistral answers 422 ("Extra inputs are not permitted") to members it does not know.',
  dialect: 'openai-chat',
  relayedWith: [...IDLE, ...UNKNOWN].map((name) => `"${name}"`),
  request: (body, _model, warn) =>
    withoutMembers(
      withoutMembers(body, IDLE, 'Mistral', () => undefined),
      UNKNOWN,
      'Mistral',
      warn,
    ),
};
