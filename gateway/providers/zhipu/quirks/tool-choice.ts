/** GLM decides by itself whether it calls a tool. */
import { remark } from '../../../../contract/rpc/remarks/remark.ts';
import type { Quirk } from '../../../core/provider.ts';
import { withoutMembers } from '../../../core/without-members.ts';

export const toolChoice: Quirk = {
  reason: 'GLM takes no `tool_choice` but `auto`; without tools nothing is called.',
  dialect: 'openai-chat',
  request: (body, model, warn) => {
    const { tool_choice: choice } = body;
    if (choice === undefined || choice === 'auto') return body;
    if (choice === 'none') return withoutMembers(body, ['tools', 'tool_choice'], model, () => undefined);
    warn(remark('no-force', { model }));
    return { ...body, tool_choice: 'auto' };
  },
};
