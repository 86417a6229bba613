/** Kimi cannot be made to call a tool while it thinks. */
import { remark } from '../../../../contract/rpc/remarks/remark.ts';
import { isObject } from '../../../core/json.ts';
import type { Quirk } from '../../../core/provider.ts';

export const forcedTools: Quirk = {
  reason: 'While thinking, Kimi answers 400 to a `tool_choice` that forces a call.',
  dialect: 'openai-chat',
  request: (body, model, warn) => {
    const { tool_choice: choice, thinking } = body;
    const forced = choice === 'required' || isObject(choice);
    const thinks = !(isObject(thinking) && thinking['type'] === 'disabled');
    if (!forced || !thinks || !model.startsWith('kimi-')) return body;
    warn(remark('no-force-while-thinking', { model }));
    return { ...body, tool_choice: 'auto' };
  },
};
