/** Chats of the playground, as files of the data folder. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Conversation, ConversationTurn } from '../../contract/rpc/procedures/conversations.ts';
import { writeConversation } from '../../gateway/state/conversations-file.ts';

/** Between two chats, ms. */
const APART = 3_600_000;

export async function writeChats(dataFolder: string, count: number): Promise<void> {
  const folder = join(dataFolder, 'conversations');
  await mkdir(folder, { recursive: true });
  const now = Date.now();
  for (let index = 0; index < count; index += 1) {
    const chat = chatOf(index, now - index * APART);
    await writeFile(join(folder, `${chat.id}.json`), writeConversation(chat));
  }
}

function chatOf(index: number, at: number): Conversation {
  const model = 'provider-0/family-0/model-0-0';
  const question = turnOf('question', null, 'user', at);
  const answer = turnOf('answer', question.id, 'assistant', at);
  return {
    id: `bench-${String(index).padStart(6, '0')}`,
    title: `Chat number ${index} about model-${index % 40}`,
    system: '',
    columns: [{ id: 'one', model, parameters: {}, leaf: answer.id, chosen: {} }],
    synced: true,
    tools: [],
    toolChoice: 'auto',
    autoContinue: false,
    format: { kind: 'text' },
    turns: [question, answer],
    createdAt: at,
    updatedAt: at,
  };
}

function turnOf(
  id: string,
  parent: string | null,
  role: ConversationTurn['role'],
  at: number,
): ConversationTurn {
  return {
    id,
    parent,
    column: '',
    role,
    text: 'A few words. '.repeat(40),
    reasoning: '',
    refusal: '',
    files: [],
    calls: [],
    results: [],
    model: '',
    at,
    figures: null,
  };
}
