import { describe, expect, it } from 'vitest';
import { conversationSchema } from '../../../contract/rpc/procedures/conversations.ts';
import type { ReadChat } from '../../../contract/rpc/procedures/playground.ts';
import { messagesOf } from './conversation.ts';
import { conversationOf } from './from-request.ts';
import { pathOf } from './tree.ts';

const FILE = { kind: 'image', name: 'a.png', mime: 'image/png', hash: 'a'.repeat(64), size: 5 } as const;
const CHAT: ReadChat = {
  model: 'x/y',
  system: 'Be brief.',
  messages: [
    { role: 'user', text: 'a', files: [FILE] },
    {
      role: 'assistant',
      text: '',
      calls: [
        { id: 'c1', name: 'sum', arguments: '{}' },
        { id: 'c2', name: 'sum', arguments: '{}' },
      ],
    },
    { role: 'tool', text: '7', callId: 'c1' },
    { role: 'tool', text: '8', callId: 'c2' },
    { role: 'assistant', text: 'fifteen' },
    { role: 'user', text: 'more', files: [FILE] },
  ],
  parameters: { temperature: 1 },
  tools: [{ name: 'sum', description: 'Adds', schema: '{}' }],
  toolChoice: 'required',
  format: { kind: 'json' },
  leftOut: [],
};

describe('a request that was read', () => {
  it('is a conversation the gateway takes, with what was asked last as a draft', () => {
    const { conversation, draft, files } = conversationOf(CHAT, { title: 'Replay', draft: true }, 7);
    expect(conversationSchema.safeParse(conversation).success).toBe(true);
    expect(conversation).toMatchObject({
      title: 'Replay',
      system: 'Be brief.',
      columns: [{ model: 'x/y', parameters: { temperature: 1 } }],
      tools: [{ name: 'sum', canned: null }],
      toolChoice: 'required',
      format: { kind: 'json' },
      createdAt: 7,
    });
    expect([draft, files]).toEqual(['more', [FILE]]);
    const path = pathOf(conversation, conversation.columns[0]?.id ?? '');
    expect(path.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'assistant']);
    expect(path[2]?.results.map(({ callId, text }) => `${callId} ${text}`)).toEqual(['c1 7', 'c2 8']);
    expect(messagesOf('', path)).toEqual(CHAT.messages.slice(0, -1));
  });

  // Far more than a request has: what takes each message into account for every other never comes to an end here.
  it('is opened however long it is', () => {
    const messages = Array.from({ length: 5_000 }, (_, place) => ({
      role: place % 2 === 0 ? ('user' as const) : ('assistant' as const),
      text: `m${place}`,
    }));
    const { conversation } = conversationOf({ ...CHAT, messages }, { title: '', draft: false }, 7);
    const [column] = conversation.columns;
    const texts = pathOf(conversation, column?.id ?? '').map(({ text }) => text);
    expect(texts).toEqual(messages.map(({ text }) => text));
    expect(column?.chosen).toEqual(
      Object.fromEntries(conversation.turns.map(({ id, parent }) => [parent ?? '', id])),
    );
  });

  it('keeps what was asked last as a turn where it is not to be sent again', () => {
    const { conversation, draft } = conversationOf(CHAT, { title: '', draft: false }, 7);
    expect(conversation.turns).toHaveLength(5);
    expect(draft).toBe('');
  });
});
