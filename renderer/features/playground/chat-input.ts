/** A chat as the control plane takes it: its lists are the caller's own. Pure. */
import type { Chat } from '../../../contract/rpc/chat-body.ts';
import type { RawInputOf } from '../../../contract/rpc/define.ts';
import type { Procedures } from '../../../contract/rpc/procedures.ts';

export function chatInput({ messages, tools, ...chat }: Chat): RawInputOf<Procedures['playground.chat']> {
  return {
    ...chat,
    messages: messages.map(({ files, calls, ...message }) => ({
      ...message,
      ...(files !== undefined && { files: [...files] }),
      ...(calls !== undefined && { calls: [...calls] }),
    })),
    ...(tools !== undefined && { tools: [...tools] }),
  };
}
