/** The open models of Qwen think only while they are streamed. */
import { remark } from '../../../../contract/rpc/remarks/remark.ts';
import type { Quirk } from '../../../core/provider.ts';

/** `qwen3-32b`, `qwen3-235b-a22b`: those that can do both. */
const OPEN = /^qwen3-\d+(?:\.\d+)?b(?:-a\d+b)?$/;

export const thinkingNeedsStream: Quirk = {
  reason: 'The open Qwen3 models think by default, and answer 400 unless they are streamed or told not to.',
  dialect: 'openai-chat',
  request: (body, model, warn) => {
    if (!OPEN.test(model) || body['stream'] === true || body['enable_thinking'] === false) return body;
    if (body['enable_thinking'] === true) warn(remark('thinks-streamed-only', { model }));
    return { ...body, enable_thinking: false };
  },
};
