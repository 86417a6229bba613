/** Under which name models want the token limit of a chat, as far as chats have found out. */
import type { TokenLimitName } from '../../contract/rpc/chat-body.ts';

export interface LimitNames {
  /** @param model as it is asked for */
  readonly of: (model: string) => TokenLimitName;
  /** This model wants the newer name. */
  readonly learn: (model: string) => void;
}

/** Models remembered. */
const MOST = 1_000;

export function createLimitNames(): LimitNames {
  const newer = new Set<string>();
  return {
    of: (model) => (newer.has(model) ? 'max_completion_tokens' : 'max_tokens'),
    learn(model) {
      if (newer.size < MOST) newer.add(model);
    },
  };
}
