import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Conversation } from '../../contract/rpc/procedures/conversations.ts';
import { createConversations, type Conversations } from './conversations.ts';
import { writeConversation } from './conversations-file.ts';

let folder: string;
let logged: string[];
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'switchyard-conversations-')), 'conversations');
  logged = [];
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

const note = (message: string): void => void logged.push(message);
/** A new process on the same folder. */
const open = (limits = { count: 1_000, bytes: 8_388_608 }): Conversations =>
  createConversations({ folder, limits, logger: { debug: note, info: note, warn: note, error: note } });

function sample(number: number, changes: Partial<Conversation> = {}): Conversation {
  return {
    id: `conversation-${number}`,
    title: `Title ${number}`,
    model: 'one/m',
    system: '',
    parameters: { temperature: 0.4 },
    turns: [{ id: 't1', role: 'user', text: 'hi', reasoning: '', refusal: '', at: 1, figures: null }],
    createdAt: 1,
    updatedAt: number,
    ...changes,
  };
}
const idsOf = async (of: Conversations): Promise<readonly string[]> =>
  (await of.list()).conversations.map(({ id }) => id);

describe('conversations', () => {
  it('are kept over restarts, newest first, readable by their owner alone', async () => {
    const first = open();
    expect(await first.list()).toEqual({ conversations: [], setAside: [] });
    await first.put(sample(1));
    await first.put(sample(2));
    await first.put(sample(1, { title: 'again', updatedAt: 3 }));

    const second = open();
    expect((await second.list()).conversations).toEqual([
      { id: 'conversation-1', title: 'again', model: 'one/m', turns: 1, updatedAt: 3 },
      { id: 'conversation-2', title: 'Title 2', model: 'one/m', turns: 1, updatedAt: 2 },
    ]);
    expect(await second.get('conversation-2')).toEqual(sample(2));
    expect(await second.get('conversation-9')).toBeUndefined();
    expect((await stat(join(folder, 'conversation-2.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('whatever their title says are listed by their head alone', async () => {
    const title = '","conversation":{"x":"\u0000😀';
    const text = 'x'.repeat(100_000);
    const turns = sample(1).turns.map((turn) => ({ ...turn, text }));
    await open().put(sample(1, { title, turns }));
    const [found] = (await open().list()).conversations;
    expect(found?.title).toBe(title);
    expect((await open().get('conversation-1'))?.turns[0]?.text).toBe(text);
  });

  it('can be removed, also twice', async () => {
    const store = open();
    await store.put(sample(1));
    await store.remove('conversation-1');
    await store.remove('conversation-1');
    expect(await idsOf(store)).toEqual([]);
    expect(await idsOf(open())).toEqual([]);
  });

  it('written at the same time end as the last one given', async () => {
    const store = open();
    await Promise.all(Array.from({ length: 20 }, (_, index) => store.put(sample(1, { title: `v${index}` }))));
    await store.settled();
    expect((await open().get('conversation-1'))?.title).toBe('v19');
  });

  it('are bounded in number: the oldest makes room, with a line in the log', async () => {
    const store = open({ count: 3, bytes: 8_388_608 });
    for (const number of [5, 1, 4, 2, 3]) await store.put(sample(number));
    expect(await idsOf(store)).toEqual(['conversation-5', 'conversation-4', 'conversation-3']);
    expect(await idsOf(open())).toEqual(['conversation-5', 'conversation-4', 'conversation-3']);
    expect(logged).toHaveLength(2);
  });

  it('are bounded in size, in a sentence, and what was kept stays', async () => {
    const store = open({ count: 3, bytes: 2_000 });
    await store.put(sample(1));
    const long = sample(1, { system: '😀'.repeat(1_000) });
    await expect(store.put(long)).rejects.toMatchObject({
      problem: 'too-large',
      message: expect.stringContaining('MB'),
    });
    expect(await open().get('conversation-1')).toEqual(sample(1));
  });
});

describe('trouble on disk', () => {
  it('a damaged file is set aside and told; the others are there', async () => {
    await open().put(sample(1));
    await open().put(sample(2));
    const whole = await readFile(join(folder, 'conversation-1.json'), 'utf8');
    await writeFile(join(folder, 'conversation-1.json'), whole.slice(0, 40));
    const store = open();
    const list = await store.list();
    expect(list.conversations.map(({ id }) => id)).toEqual(['conversation-2']);
    expect(list.setAside).toEqual([join(folder, 'conversation-1.json.damaged')]);
    expect(await readFile(join(folder, 'conversation-1.json.damaged'), 'utf8')).toBe(whole.slice(0, 40));
    expect(logged).toContain('A conversation could not be read and was set aside');
  });

  it('damage behind the head is found when it is opened', async () => {
    await open().put(sample(1));
    const file = join(folder, 'conversation-1.json');
    const whole = await readFile(file, 'utf8');
    await writeFile(file, whole.slice(0, -10));
    const store = open();
    expect(await idsOf(store)).toEqual(['conversation-1']);
    await expect(store.get('conversation-1')).rejects.toMatchObject({ problem: 'damaged' });
    expect(await store.list()).toEqual({ conversations: [], setAside: [`${file}.damaged`] });
  });

  it('a file of a newer version is left as it is', async () => {
    await open().put(sample(1));
    const file = join(folder, 'conversation-1.json');
    const newer = (await readFile(file, 'utf8')).replace('"version":1', '"version":2');
    await writeFile(file, newer);
    expect(await open().list()).toEqual({ conversations: [], setAside: [] });
    expect(await readFile(file, 'utf8')).toBe(newer);
  });

  it('what a killed process left is cleared, what it had written before is there', async () => {
    await open().put(sample(1));
    await writeFile(join(folder, '.conversation-1.json.tmp'), writeConversation(sample(1)).slice(0, 50));
    expect(await open().get('conversation-1')).toEqual(sample(1));
    expect(await readdir(folder)).toEqual(['conversation-1.json']);
  });

  it('a place that cannot be written says so, spoils no other, and works once that is put right', async () => {
    const inTheWay = join(folder, 'conversation-2.json');
    await open().put(sample(1));
    await mkdir(inTheWay);
    const store = open();
    expect(await idsOf(store)).toEqual(['conversation-1']);
    await expect(store.put(sample(2))).rejects.toMatchObject({ problem: 'unwritable' });
    await rm(inTheWay, { recursive: true });
    await store.put(sample(2));
    expect(await idsOf(store)).toEqual(['conversation-2', 'conversation-1']);
    expect(await readdir(folder)).toEqual(['conversation-1.json', 'conversation-2.json']);
  });

  it('a folder that is a file says so, and works once that is put right', async () => {
    await writeFile(folder, 'in the way');
    const store = open();
    await expect(store.list()).rejects.toMatchObject({ problem: 'unreadable' });
    await rm(folder);
    await store.put(sample(1));
    expect(await idsOf(store)).toEqual(['conversation-1']);
  });
});
