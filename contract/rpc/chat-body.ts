/** The request that a chat of the playground becomes: the gateway sends it, the page shows it. Pure. */
import type { ChatParameters } from './procedures/playground.ts';

/** Newer models of OpenAI refuse the first name, most other providers do not know the second. */
export type TokenLimitName = 'max_tokens' | 'max_completion_tokens';

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

/** A body in OpenAI's chat dialect. Parameters that are not set are not in it. */
export function chatBody(
  chat: {
    readonly model: string;
    readonly messages: readonly ChatMessage[];
    readonly parameters: ChatParameters;
  },
  tokenLimit: TokenLimitName,
): Readonly<Record<string, unknown>> {
  const { temperature, topP, maxTokens, frequencyPenalty, presencePenalty, seed, stop, reasoningEffort } =
    chat.parameters;
  const body: Readonly<Record<string, unknown>> = {
    model: chat.model,
    messages: chat.messages.map(({ role, text }) => ({ role, content: text })),
    temperature,
    top_p: topP,
    [tokenLimit]: maxTokens,
    frequency_penalty: frequencyPenalty,
    presence_penalty: presencePenalty,
    seed,
    stop,
    reasoning_effort: reasoningEffort,
    stream: true,
  };
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}
