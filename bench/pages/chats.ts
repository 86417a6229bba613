/** Chats of the playground, as files of the data folder. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Conversation, ConversationTurn } from '../../contract/rpc/procedures/conversations.ts';
import { writeConversation } from '../../gateway/state/conversations-file.ts';

/** Between two chats, ms. */
const APART = 3_600_000;

/** One of this many turns stands among the usual ones, this often. */
const LONG = { turns: 500, every: 20 } as const;
/** 3,800,000 characters, of which every fifth or so is Chinese: 5 MB. */
const HUGE = 'A line of a log, 日志行。 '.repeat(200_000).slice(0, 3_800_000);

/** Ids of those that are unlike the others. */
export const LONG_CHAT = idOf(LONG.every);
export const HUGE_CHAT = idOf(1);

/** @param model that they ask */
export async function writeChats(dataFolder: string, count: number, model: string): Promise<void> {
  const folder = join(dataFolder, 'conversations');
  await mkdir(folder, { recursive: true });
  const now = Date.now();
  for (let index = 0; index < count; index += 1) {
    const chat = chatOf(index, now - index * APART, model);
    await writeFile(join(folder, `${chat.id}.json`), writeConversation(chat));
  }
}

function idOf(index: number): string {
  return `bench-${String(index).padStart(6, '0')}`;
}

function chatOf(index: number, at: number, model: string): Conversation {
  const turns = index > 0 && index % LONG.every === 0 ? LONG.turns : 2;
  const path = Array.from({ length: turns }, (_, place) => turnOf(place, at));
  return {
    id: idOf(index),
    title: `Chat number ${index} about model-${index % 40}`,
    system: '',
    columns: [{ id: 'one', model, parameters: {}, leaf: path.at(-1)?.id ?? null, chosen: {} }],
    synced: true,
    tools: [],
    toolChoice: 'auto',
    autoContinue: false,
    format: { kind: 'text' },
    turns: index === 1 ? path.map((turn, place) => (place === 0 ? { ...turn, text: HUGE } : turn)) : path,
    createdAt: at,
    updatedAt: at,
  };
}

const ANSWER = `Some words, **bold** and \`code\`.\n\n- one\n- two\n\n\`\`\`ts\n${'const value = compute(1);\n'.repeat(8)}\`\`\`\n`;

function turnOf(place: number, at: number): ConversationTurn {
  const role = place % 2 === 0 ? 'user' : 'assistant';
  return {
    id: `turn-${place}`,
    parent: place === 0 ? null : `turn-${place - 1}`,
    column: '',
    role,
    text: role === 'user' ? 'A few words. '.repeat(40) : ANSWER,
    reasoning: '',
    refusal: '',
    files: [],
    calls: [],
    results: [],
    model: '',
    format: 'text',
    at,
    figures: null,
  };
}
