/** What of earlier answers Cerebras refuses. */
import { withoutEarlierReasoning } from '../../../core/earlier-reasoning.ts';
import type { Quirk } from '../../../core/provider.ts';

export const earlierReasoning: Quirk = {
  reason:
    'Cerebras answers 400 to `reasoning_content` and `reasoning_details` in messages; it calls them `reasoning`.',
  dialect: 'openai-chat',
  relayedWith: ['"reasoning_content"', '"reasoning_details"'],
  request: (body, _model, warn) =>
    withoutEarlierReasoning(body, ['reasoning_content', 'reasoning_details'], 'Cerebras', warn),
};
