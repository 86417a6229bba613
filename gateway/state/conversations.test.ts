import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Conversation, ConversationChange } from '../../contract/rpc/procedures/conversations.ts';
import { quoted } from '../../contract/rpc/remarks/remark.ts';
import { createConversations, type Conversations } from './conversations.ts';
import { writeConversation } from './conversations-file.ts';

let folder: string;
let logged: string[];
let changes: ConversationChange[];
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'switchyard-conversations-')), 'conversations');
  logged = [];
  changes = [];
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

const note = (message: string): void => void logged.push(message);
const released: string[] = [];
const files = {
  hold: (hashes: readonly string[]): Promise<void> => Promise.resolve(void released.push(...hashes)),
  sweep: (): Promise<void> => Promise.resolve(),
};
/** A new process on the same folder. */
const open = (limits = { count: 1_000, bytes: 8_388_608 }): Conversations =>
  createConversations({
    folder,
    limits,
    files,
    changed: (change) => void changes.push(change),
    logger: { debug: note, info: note, warn: note, error: note },
  });

function sample(number: number, changes: Partial<Conversation> = {}): Conversation {
  return {
    id: `conversation-${number}`,
    title: `Title ${number}`,
    system: '',
    columns: [
      { id: 'c1', model: 'one/m', parameters: { temperature: 0.4 }, leaf: 't1', chosen: { '': 't1' } },
    ],
    synced: true,
    tools: [],
    toolChoice: 'auto',
    autoContinue: false,
    format: { kind: 'text' },
    turns: [
      {
        id: 't1',
        parent: null,
        column: '',
        role: 'user',
        text: 'hi',
        reasoning: '',
        refusal: '',
        files: [],
        calls: [],
        results: [],
        model: '',
        format: 'text',
        at: 1,
        figures: null,
      },
    ],
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
      { id: 'conversation-1', title: 'again', model: 'one/m', models: 1, turns: 1, updatedAt: 3 },
      { id: 'conversation-2', title: 'Title 2', model: 'one/m', models: 1, turns: 1, updatedAt: 2 },
    ]);
    expect(await second.get('conversation-2')).toMatchObject(sample(2));
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
    expect(await open().get('conversation-1')).toMatchObject(sample(1));
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
    const newer = (await readFile(file, 'utf8')).replace('"version":4', '"version":5');
    await writeFile(file, newer);
    const store = open();
    expect(await store.list()).toEqual({ conversations: [], setAside: [] });
    for (const act of [
      () => store.get('conversation-1'),
      () => store.put(sample(1)),
      () => store.remove('conversation-1'),
    ]) {
      await expect(act()).rejects.toMatchObject({
        problem: 'newer',
        message: expect.stringContaining('newer Switchyard'),
      });
    }
    expect(await readFile(file, 'utf8')).toBe(newer);
  });

  it('what a killed process left is cleared, what it had written before is there', async () => {
    await open().put(sample(1));
    await writeFile(join(folder, '.conversation-1.json.tmp'), writeConversation(sample(1)).slice(0, 50));
    expect(await open().get('conversation-1')).toMatchObject(sample(1));
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

describe('the first form', () => {
  const figures = {
    requestId: 'req_1',
    outcome: 'ok',
    provider: 'one',
    model: 'm-1',
    keyFingerprint: '…1111',
    attempts: 1,
    firstContentAt: 5,
    doneAt: 9,
    inputTokens: 1,
    cachedTokens: null,
    outputTokens: 2,
    reasoningTokens: null,
    finishReason: 'stop',
    error: null,
  };
  const turns = [
    { id: 'a', role: 'user', text: 'hi', reasoning: '', refusal: '', at: 1, figures: null },
    { id: 'b', role: 'assistant', text: 'hello', reasoning: 'hm', refusal: '', at: 2, figures },
    // As written before reasoning and refusals were known, with an id that is there twice.
    { id: 'a', role: 'user', text: 'more', at: 3, figures: null },
  ];
  const first = {
    id: 'conversation-1',
    title: 'Old',
    model: 'one/m',
    system: 'S',
    parameters: { temperature: 1 },
    turns,
    createdAt: 1,
    updatedAt: 4,
  };
  const summary = { id: 'conversation-1', title: 'Old', model: 'one/m', turns: 3, updatedAt: 4 };

  it('is listed and read as a tree, with nothing lost', async () => {
    await mkdir(folder, { recursive: true });
    const file = join(folder, 'conversation-1.json');
    await writeFile(file, JSON.stringify({ version: 1, summary, conversation: first }));
    const store = open();
    expect((await store.list()).conversations).toEqual([{ ...summary, models: 1 }]);
    const read = await store.get('conversation-1');
    expect(read).toMatchObject({
      title: 'Old',
      system: 'S',
      columns: [{ model: 'one/m', parameters: { temperature: 1 }, leaf: 'again-2' }],
      turns: [
        { id: 'a', parent: null, text: 'hi' },
        { id: 'b', parent: 'a', text: 'hello', reasoning: 'hm', model: 'one/m', figures },
        { id: 'again-2', parent: 'b', text: 'more', reasoning: '' },
      ],
      createdAt: 1,
      updatedAt: 4,
    });
    if (read === undefined) throw new Error('not read');
    await store.put(read);
    expect(await open().get('conversation-1')).toEqual({ ...read, revision: expect.any(String) });
  });
});

it('an answer that was told of something in a sentence has it as a quotation', async () => {
  const figures = {
    requestId: null,
    outcome: 'ok',
    provider: null,
    model: null,
    keyFingerprint: null,
    attempts: 1,
    firstContentAt: null,
    doneAt: 1,
    inputTokens: null,
    cachedTokens: null,
    outputTokens: null,
    reasoningTokens: null,
    finishReason: null,
    error: null,
  };
  const { turns, ...rest } = sample(1);
  const told = {
    ...rest,
    turns: turns.map((turn) => ({ ...turn, figures: { ...figures, warnings: ['Lost.'] } })),
  };
  const [head = '', body = ''] = writeConversation(sample(1)).split(',"conversation":');
  expect(body).not.toBe('');
  await mkdir(folder, { recursive: true });
  const text = `${head.replace('"version":4', '"version":2')},"conversation":${JSON.stringify(told)}}`;
  await writeFile(join(folder, 'conversation-1.json'), text);
  const store = open();
  const read = await store.get('conversation-1');
  expect(read?.turns[0]?.figures?.warnings).toEqual([quoted('Lost.')]);
  if (read === undefined) throw new Error('not read');
  await store.put(read);
  expect(await open().get('conversation-1')).toEqual({ ...read, revision: expect.any(String) });
});

describe('files of turns', () => {
  const file = (letter: string) =>
    ({ hash: letter.repeat(64), kind: 'image', name: 'a.png', mime: 'image/png', size: 1 }) as const;
  const having = (...letters: readonly string[]): Conversation =>
    sample(1, { turns: sample(1).turns.map((turn) => ({ ...turn, files: letters.map(file) })) });

  it('are let go when the last turn that had them goes', async () => {
    released.length = 0;
    const store = open();
    await store.put(having('a', 'b'));
    await store.put(having('b'));
    expect(released).toEqual(['a'.repeat(64)]);
    await open().remove('conversation-1');
    expect(released).toEqual(['a'.repeat(64), 'b'.repeat(64)]);
  });

  it('are named by the head, however many there may be', async () => {
    const many = Array.from({ length: 100 }, (_, number) => ({
      ...file('a'),
      hash: number.toString(16).padStart(64, '0'),
    }));
    const spread = Array.from({ length: 5 }, (_, part) => many.slice(part * 20, part * 20 + 20));
    const [turn] = sample(1).turns;
    if (turn === undefined) throw new Error('no turn');
    const turns = spread.map((files, index) => ({ ...turn, id: `t${index}`, files }));
    await open().put(sample(1, { title: '\u0001'.repeat(200), turns }));
    expect(await idsOf(open())).toEqual(['conversation-1']);
    const one = { ...turn, id: 'more', files: [file('f')] };
    await expect(open().put(sample(1, { turns: [...turns, one] }))).rejects.toMatchObject({
      problem: 'too-large',
      message: expect.stringContaining('101 files'),
    });
  });
});

describe('one that is open in two places', () => {
  it('is not replaced by what was made of an older state, nor by a new one, also after a restart', async () => {
    const { revision } = await open().put({ ...sample(1), revision: null });
    const store = open();
    const newer = await store.put({ ...sample(1, { title: 'newer' }), revision });
    for (const stale of [revision, null]) {
      const put = store.put({ ...sample(1, { title: 'stale' }), revision: stale });
      await expect(put).rejects.toMatchObject({ problem: 'changed' });
    }
    const again = open();
    await expect(again.put({ ...sample(1), revision })).rejects.toMatchObject({ problem: 'changed' });
    expect(await again.get('conversation-1')).toMatchObject({ title: 'newer', revision: newer.revision });
    await again.put({ ...sample(1, { title: 'newest' }), revision: newer.revision });
    expect((await again.get('conversation-1'))?.title).toBe('newest');
  });

  it('comes back where it was deleted meanwhile', async () => {
    const store = open();
    const { revision } = await store.put(sample(1));
    await store.remove('conversation-1');
    await store.put({ ...sample(1), revision });
    expect(await idsOf(store)).toEqual(['conversation-1']);
  });

  it('is told of when it was saved, and when it is gone', async () => {
    const store = open({ count: 1, bytes: 8_388_608 });
    const first = await store.put(sample(1));
    const second = await store.put(sample(2));
    await store.remove('conversation-2');
    expect(changes).toEqual([
      { id: 'conversation-1', saved: first },
      { id: 'conversation-2', saved: second },
      { id: 'conversation-1', saved: null },
      { id: 'conversation-2', saved: null },
    ]);
  });
});
