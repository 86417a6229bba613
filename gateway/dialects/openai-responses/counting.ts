/** Counting tokens by asking the upstream. */
import type { TokenCounting } from '../../core/dialect.ts';
import type { JsonObject } from '../../core/json.ts';

/** What the call takes (`InputTokenCountParams` of the official SDK); anything else it refuses. */
const TAKEN: readonly string[] = [
  'input',
  'instructions',
  'parallel_tool_calls',
  'previous_response_id',
  'conversation',
  'reasoning',
  'text',
  'tool_choice',
  'tools',
  'truncation',
];

export const counting: TokenCounting = {
  url: (baseUrl) => `${baseUrl}/responses/input_tokens`,
  body: (chat, model) => ({
    model,
    ...Object.fromEntries(Object.entries(chat).filter(([name]) => TAKEN.includes(name))),
  }),
  read(answer: JsonObject) {
    const { input_tokens: tokens } = answer;
    return typeof tokens === 'number' && Number.isInteger(tokens) && tokens >= 0 ? tokens : undefined;
  },
};
