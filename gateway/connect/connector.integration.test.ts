import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectOrder } from '../../contract/rpc/procedures/connect.ts';
import { createConnector, type ClientChange, type Connector } from './connector.ts';
import { diskFiles, type Files } from './files.ts';
import { FORMATS } from './formats/index.ts';
import type { ToolDefinition } from './tool.ts';

const ADDRESS = 'http://127.0.0.1:8000';
const KEY = 'sy-0123456789abcdefghij';
const CONNECT: ConnectOrder = { does: 'connect', models: {}, ownKey: true };
const REMOVE: ConnectOrder = { does: 'remove' };

/** Two values in one file: all that these tests need of a tool. */
const TOOL: ToolDefinition = {
  id: 'claude-code',
  name: 'Claude Code',
  kind: 'tool',
  dialect: 'anthropic-messages',
  files: [
    { name: 'settings', format: 'json', places: [{ variable: null, path: ['.claude', 'settings.json'] }] },
  ],
  programs: ['claude'],
  folders: [{ variable: null, path: ['.claude'] }],
  slots: [{ id: 'main', required: false }],
  variables: ['ANTHROPIC_BASE_URL', 'ANTHROPIC_API_KEY'],
  apps: ['Claude Code'],
  unreachable: null,
  read: ({ settings }) => ({
    address: textAt(settings, 'ANTHROPIC_BASE_URL'),
    key: textAt(settings, 'ANTHROPIC_AUTH_TOKEN'),
    models: { main: textAt(settings, 'ANTHROPIC_MODEL') },
  }),
  edits: ({ address, key, models }) => [
    { file: 'settings', path: ['env', 'ANTHROPIC_BASE_URL'], value: address },
    { file: 'settings', path: ['env', 'ANTHROPIC_AUTH_TOKEN'], value: key },
    ...(models['main'] === undefined
      ? []
      : [{ file: 'settings', path: ['env', 'ANTHROPIC_MODEL'], value: models['main'] }]),
  ],
};

function textAt(text: string | undefined, name: string): string | null {
  const value = text === undefined ? undefined : FORMATS.json.get(text, ['env', name]);
  return typeof value === 'string' ? value : null;
}

const ORIGINAL =
  '\uFEFF{\r\n  // by hand\r\n  "theme": "dark",\r\n  "env": { "ANTHROPIC_API_KEY": "sk-ant-mine-00000001" },\r\n  "odd" : [1,\t2 ]\r\n}';

let home: string;
let data: string;
let file: string;
let now: number;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'switchyard-connect-'));
  data = join(home, 'data', 'connect');
  file = join(home, '.claude', 'settings.json');
  now = new Date(2026, 10, 20, 14, 29, 58).getTime();
  await mkdir(dirname(file));
});

afterEach(() => rm(home, { recursive: true, force: true }));

const connector = (files: Files = diskFiles, environment: Record<string, string> = {}): Connector =>
  createConnector({
    files,
    around: { homeFolder: home, environment, platform: 'linux' },
    folder: data,
    definitions: [TOOL],
    formats: FORMATS,
    now: () => now,
    listens: () => Promise.resolve(false),
    knowsKey: () => false,
  });

const NO_CLIENT: ClientChange = {
  client: null,
  before: () => Promise.resolve(() => Promise.resolve()),
  after: () => Promise.resolve(),
};

const inputOf = (order: ConnectOrder) => ({
  tool: TOOL.id,
  order,
  wiring: { address: ADDRESS, key: KEY, models: order.does === 'connect' ? order.models : {} },
});

async function doIt(order: ConnectOrder, own = connector()): Promise<void> {
  const { version } = await own.plan(inputOf(order));
  await own.apply(inputOf(order), version, () => NO_CLIENT);
}

const stateOf = async (own = connector()): Promise<string> => (await own.look(TOOL.id)).state(ADDRESS);
const text = (): Promise<string> => readFile(file, 'utf8');

describe('connecting and taking back', () => {
  it('leaves everything else byte by byte, and the way back gives the very file', async () => {
    await writeFile(file, ORIGINAL, { mode: 0o640 });
    expect(await stateOf()).toBe('not-connected');
    await doIt(CONNECT);
    expect(await stateOf()).toBe('connected');
    expect(await text()).toContain('// by hand\r\n  "theme": "dark"');
    expect(await text()).toContain('"odd" : [1,\t2 ]\r\n}');
    expect((await stat(file)).mode & 0o777).toBe(0o640);
    await doIt(REMOVE);
    expect(await text()).toBe(ORIGINAL);
    expect(await stateOf()).toBe('not-connected');
  });

  it('takes out what it wrote and no more where the file was changed since', async () => {
    await writeFile(file, ORIGINAL);
    await doIt(CONNECT);
    await writeFile(file, (await text()).replace('"dark"', '"light"'));
    await doIt(REMOVE);
    expect(await text()).toBe(ORIGINAL.replace('"dark"', '"light"'));
  });

  it('goes back over several connections to the file before the first', async () => {
    await writeFile(file, ORIGINAL);
    await doIt(CONNECT);
    await doIt({ ...CONNECT, models: { main: 'demo/chat' } });
    expect(await text()).toContain('demo/chat');
    await doIt(REMOVE);
    expect(await text()).toBe(ORIGINAL);
  });

  it('makes a file for this account alone, and takes it away again', async () => {
    await doIt(CONNECT);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await doIt(REMOVE);
    await expect(text()).rejects.toThrow('ENOENT');
  });

  it('writes what a link leads to and keeps the link', async () => {
    const real = join(home, 'dotfiles.json');
    await writeFile(real, ORIGINAL);
    await symlink('../dotfiles.json', file);
    const plan = await connector().plan(inputOf(CONNECT));
    expect(plan.files.map(({ found }) => found.target)).toEqual([real]);
    await doIt(CONNECT);
    expect((await lstat(file)).isSymbolicLink()).toBe(true);
    expect(await readFile(real, 'utf8')).toContain(ADDRESS);
    await doIt(REMOVE);
    expect(await readFile(real, 'utf8')).toBe(ORIGINAL);
    expect((await lstat(file)).isSymbolicLink()).toBe(true);
  });

  it('finds nothing to do the second time', async () => {
    await writeFile(file, ORIGINAL);
    await doIt(CONNECT);
    expect((await connector().plan(inputOf(CONNECT))).files).toEqual([]);
  });

  it('takes nothing out where a person set it up to the same effect', async () => {
    const own = `{ "env": { "ANTHROPIC_BASE_URL": "http://localhost:8000/", "ANTHROPIC_AUTH_TOKEN": "${KEY}" } }\n`;
    await writeFile(file, own);
    expect(await stateOf()).toBe('connected');
    await doIt(REMOVE);
    expect(await text()).toBe(own);
  });
});

describe('what is in the way', () => {
  it('broken syntax is refused with its line', async () => {
    await writeFile(file, '{\n  "env": {\n');
    expect(await stateOf()).toBe('broken');
    await expect(doIt(CONNECT)).rejects.toThrow(/~\/\.claude\/settings\.json, line \d+: /);
    expect(await text()).toBe('{\n  "env": {\n');
  });

  it('text that is not UTF-8 is left alone', async () => {
    await writeFile(file, Buffer.from([0x7b, 0xff, 0x7d]));
    await expect(doIt(CONNECT)).rejects.toThrow('not written in UTF-8');
  });

  it.each([
    ['a read-only file', () => chmod(file, 0o400), 'settings.json is read-only'],
    ['a read-only folder', () => chmod(dirname(file), 0o500), 'The folder'],
  ])('%s changes nothing, and says so', async (_, close, sentence) => {
    await writeFile(file, ORIGINAL);
    await close();
    await expect(doIt(CONNECT)).rejects.toThrow(sentence);
    await chmod(dirname(file), 0o700);
    expect(await text()).toBe(ORIGINAL);
    expect(await readdir(home)).toEqual(['.claude']);
  });

  it('what was changed between plan and writing is a conflict', async () => {
    await writeFile(file, ORIGINAL);
    const own = connector();
    const { version } = await own.plan(inputOf(CONNECT));
    await writeFile(file, `${ORIGINAL}\n`);
    await expect(own.apply(inputOf(CONNECT), version, () => NO_CLIENT)).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await text()).toBe(`${ORIGINAL}\n`);
  });

  it('a client that was made goes again where the file cannot be written', async () => {
    await writeFile(file, ORIGINAL);
    const calls: string[] = [];
    const full: Files = {
      ...diskFiles,
      replace: () => Promise.reject(new Error('disk full')),
    };
    const own = connector(full);
    const { version } = await own.plan(inputOf(CONNECT));
    const change: ClientChange = {
      client: TOOL.id,
      before: () => {
        calls.push('made');
        return Promise.resolve(() => Promise.resolve(void calls.push('gone')));
      },
      after: () => Promise.resolve(void calls.push('kept')),
    };
    await expect(own.apply(inputOf(CONNECT), version, () => change)).rejects.toThrow('disk full');
    expect(calls).toEqual(['made', 'gone']);
    expect((await connector().look(TOOL.id)).record).toBeUndefined();
  });
});

describe('copies', () => {
  it('are dated, kept for this account alone, and lead back whole', async () => {
    await writeFile(file, ORIGINAL);
    await doIt(CONNECT);
    const { copies } = await connector().look(TOOL.id);
    expect(copies).toEqual([{ name: 'settings.json.2026-11-20-142958', of: file, at: now, existed: true }]);
    const kept = join(data, 'claude-code', 'settings.json.2026-11-20-142958');
    expect((await stat(kept)).mode & 0o777).toBe(0o600);
    await writeFile(file, '{}');
    await doIt({ does: 'restore', backup: 'settings.json.2026-11-20-142958' });
    expect(await text()).toBe(ORIGINAL);
    expect((await connector().look(TOOL.id)).record).toBeUndefined();
  });

  it('a file that was not there goes when that is restored', async () => {
    await doIt(CONNECT);
    const [copy] = (await connector().look(TOOL.id)).copies;
    expect(copy).toMatchObject({ existed: false });
    await doIt({ does: 'restore', backup: copy?.name ?? '' });
    await expect(text()).rejects.toThrow('ENOENT');
  });

  it('the newest twenty stay, and the one before the gateway', async () => {
    await writeFile(file, ORIGINAL);
    for (let turn = 0; turn < 25; turn += 1) {
      now += 1_000;
      await doIt({ ...CONNECT, models: { main: `model-${turn}` } });
    }
    const { copies } = await connector().look(TOOL.id);
    expect(copies).toHaveLength(21);
    const first = copies.at(-1)?.name ?? '';
    expect(await readFile(join(data, 'claude-code', first), 'utf8')).toBe(ORIGINAL);
  });

  it('a copy that no list names any more is still found', async () => {
    await writeFile(file, ORIGINAL);
    await doIt(CONNECT);
    await writeFile(join(data, 'manifest.json'), '{ broken');
    const { copies, record } = await connector().look(TOOL.id);
    expect(copies).toEqual([{ name: 'settings.json.2026-11-20-142958', of: file, at: now, existed: true }]);
    expect(record).toBeUndefined();
    expect((await readdir(data)).filter((name) => name.startsWith('manifest.json.damaged'))).toHaveLength(1);
  });

  it('a manifest of a newer version is refused and stays', async () => {
    await mkdir(data, { recursive: true });
    await writeFile(join(data, 'manifest.json'), '{"version":2,"tools":[]}');
    await expect(connector().list()).rejects.toThrow('newer version');
    expect(await readFile(join(data, 'manifest.json'), 'utf8')).toBe('{"version":2,"tools":[]}');
  });
});

describe('drift and variables', () => {
  it('names the values that were changed since', async () => {
    await writeFile(file, ORIGINAL);
    await doIt(CONNECT);
    await writeFile(file, (await text()).replace(ADDRESS, 'http://other.example'));
    const look = await connector().look(TOOL.id);
    expect(look.state(ADDRESS)).toBe('changed');
    expect(look.drift).toEqual(['env.ANTHROPIC_BASE_URL']);
  });

  it('theirs can be kept: it is no difference any more, and removing leaves it', async () => {
    await writeFile(file, ORIGINAL);
    await doIt({ does: 'connect', models: { main: 'fast' }, ownKey: true });
    const theirs = (await text()).replace('"fast"', '"theirs"');
    await writeFile(file, theirs);
    expect(await stateOf()).toBe('changed');
    await doIt({ does: 'keep' });
    expect(await text()).toBe(theirs);
    const look = await connector().look(TOOL.id);
    expect([look.state(ADDRESS), look.drift]).toEqual(['connected', []]);
    await doIt(REMOVE);
    expect(await text()).toContain('"ANTHROPIC_MODEL": "theirs"');
    expect(await text()).not.toContain(KEY);
  });

  it('another gateway is elsewhere, another port too', async () => {
    await writeFile(file, ORIGINAL);
    await doIt(CONNECT);
    expect((await connector().look(TOOL.id)).state('http://127.0.0.1:9000')).toBe('elsewhere');
  });

  it('nothing there is not found; a program on the path is', async () => {
    await rm(dirname(file), { recursive: true });
    expect(await stateOf()).toBe('not-found');
    const bin = join(home, 'bin');
    await mkdir(bin);
    await writeFile(join(bin, 'claude'), '', { mode: 0o755 });
    expect(await stateOf(connector(diskFiles, { PATH: bin }))).toBe('not-connected');
  });

  it('a variable of a shell is shown with its line, and silenced without touching another byte', async () => {
    const shell = join(home, '.zshrc');
    const before = 'alias ll="ls"\r\nexport ANTHROPIC_BASE_URL="https://proxy.example/v1"\r\nexport X=1';
    await writeFile(shell, before);
    const { overrides } = await connector().look(TOOL.id);
    expect(overrides).toEqual([
      { variable: 'ANTHROPIC_BASE_URL', value: 'https://proxy.example/v1', file: shell, line: 2 },
    ]);
    await doIt({ does: 'silence', variable: 'ANTHROPIC_BASE_URL', file: '~/.zshrc' });
    expect(await readFile(shell, 'utf8')).toBe(before.replace('export A', '# export A'));
    const { copies } = await connector().look(TOOL.id);
    await doIt({ does: 'restore', backup: copies[0]?.name ?? '' });
    expect(await readFile(shell, 'utf8')).toBe(before);
  });
});

describe('a process that is killed', () => {
  /** Dies at the n-th call that changes something. */
  function mortal(dies: number): Files {
    let calls = 0;
    const step = async (act: () => Promise<void>): Promise<void> => {
      calls += 1;
      if (calls >= dies) throw new Error('killed');
      await act();
    };
    return {
      ...diskFiles,
      write: (path, content) => step(() => diskFiles.write(path, content)),
      replace: (found, content) => step(() => diskFiles.replace(found, content)),
      remove: (path) => step(() => diskFiles.remove(path)),
    };
  }

  it.each([1, 2, 3, 4])('at step %i of the first connection leaves what can be taken back', async (dies) => {
    await writeFile(file, ORIGINAL);
    await doIt(CONNECT, connector(mortal(dies))).catch(() => undefined);
    expect(['not-connected', 'connected']).toContain(await stateOf());
    await doIt(REMOVE);
    expect(await text()).toBe(ORIGINAL);
    expect(await stateOf()).toBe('not-connected');
  });

  it.each([1, 2, 3, 4])('at step %i of a later connection too', async (dies) => {
    await writeFile(file, ORIGINAL);
    await doIt({ ...CONNECT, models: { main: 'first' } });
    await doIt({ ...CONNECT, models: { main: 'second' } }, connector(mortal(dies))).catch(() => undefined);
    expect(await stateOf()).toBe('connected');
    await doIt(REMOVE);
    expect(await text()).toBe(ORIGINAL);
  });

  it.each([1, 2, 3, 4])('at step %i of a removal', async (dies) => {
    await writeFile(file, ORIGINAL);
    await doIt(CONNECT);
    await doIt(REMOVE, connector(mortal(dies))).catch(() => undefined);
    await doIt(REMOVE);
    expect(await text()).toBe(ORIGINAL);
    expect(await stateOf()).toBe('not-connected');
  });
});
