/** Some models on Groq write their reasoning into the answer unless they are told not to. */
import type { Quirk } from '../../../core/provider.ts';

/** Models whose reasoning stands between `<think>` tags by default; gpt-oss keeps it apart and takes no such wish. */
const RAW = /qwen3|qwq|deepseek-r1/i;

export const reasoningFormat: Quirk = {
  reason: 'On Groq, Qwen and R1 mix reasoning into the text unless `reasoning_format` is `parsed`.',
  dialect: 'openai-chat',
  request: (body, model) =>
    !RAW.test(model) || body['reasoning_format'] !== undefined || body['include_reasoning'] !== undefined
      ? body
      : { ...body, reasoning_format: 'parsed' },
};
