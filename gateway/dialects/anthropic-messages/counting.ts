/** Asking the upstream how many tokens a request is. */
import type { TokenCounting } from '../../core/dialect.ts';
import { countUrl } from './addresses.ts';

/** What the call takes; anything else is refused ("Extra inputs are not permitted"). */
const TAKEN = new Set([
  'messages',
  'system',
  'tools',
  'tool_choice',
  'thinking',
  'output_config',
  'cache_control',
  'context_management',
  'mcp_servers',
]);

export const counting: TokenCounting = {
  url: countUrl,
  body: (chat, model) => ({
    model,
    ...Object.fromEntries(Object.entries(chat).filter(([name]) => TAKEN.has(name))),
  }),
  read({ input_tokens: tokens }) {
    return typeof tokens === 'number' && Number.isInteger(tokens) && tokens >= 0 ? tokens : undefined;
  },
};
