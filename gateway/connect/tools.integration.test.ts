/** Every tool on a home folder as people have it: connected, looked at and taken out through real files. */
import { chmod, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectOrder, ToolId } from '../../contract/rpc/procedures/connect.ts';
import { createConnector, type ClientChange, type Connector } from './connector.ts';
import { DEFINITIONS } from './definitions.ts';
import { diskFiles } from './files.ts';
import { FORMATS } from './formats/index.ts';
import { pathsOf } from './place.ts';
import { HOMES } from './testing/homes/index.ts';
import type { FileFormat, ToolDefinition, ToolTexts } from './tool.ts';

const ADDRESS = 'http://127.0.0.1:8000';
const NO_CLIENT: ClientChange = {
  client: null,
  before: () => Promise.resolve(() => Promise.resolve()),
  after: () => Promise.resolve(),
};

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'switchyard-tools-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const around = () => ({ homeFolder: home, environment: {}, platform: 'linux' as const });
const connector = (): Connector =>
  createConnector({
    files: diskFiles,
    around: around(),
    folder: join(home, 'data', 'connect'),
    definitions: DEFINITIONS,
    formats: FORMATS,
    now: () => Date.UTC(2026, 10, 20),
    listens: () => Promise.resolve(false),
    knowsKey: () => false,
  });

/** A line of variables cannot be broken: what is not understood is left alone. */
const BROKEN: Readonly<Partial<Record<FileFormat, string>>> = {
  json: '{\n  "a": [1,\n  "b": }\n',
  toml: 'a = 1\n[b\nc = 2\n',
  yaml: 'a: [1, 2\nb: }\n',
};

interface Laid {
  readonly definition: ToolDefinition;
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** Puts the files of a tool where it looks for them first. */
async function lay(tool: ToolId, change: (text: string) => string): Promise<Laid> {
  const definition = DEFINITIONS.find(({ id }) => id === tool);
  if (definition === undefined) throw new Error(tool);
  const texts: ToolTexts = Object.entries(HOMES).find(([id]) => id === tool)?.[1] ?? {};
  const files: { path: string; text: string }[] = [];
  for (const file of definition.files) {
    const [path] = pathsOf(file.places, around());
    const text = texts[file.name];
    if (path === undefined || text === undefined) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, change(text));
    files.push({ path, text: change(text) });
  }
  return { definition, files };
}

const orderFor = ({ slots }: ToolDefinition): Extract<ConnectOrder, { does: 'connect' }> => ({
  does: 'connect',
  models: Object.fromEntries(slots.map(({ id }) => [id, 'demo/chat'])),
  ownKey: true,
});

async function doIt(tool: ToolId, order: ConnectOrder): Promise<void> {
  const own = connector();
  const models = order.does === 'connect' ? order.models : {};
  const input = { tool, order, wiring: { address: ADDRESS, key: 'sy-of-the-tool-000001', models } };
  const { version } = await own.plan(input);
  await own.apply(input, version, () => NO_CLIENT);
}

const stateOf = async (tool: ToolId): Promise<string> => (await connector().look(tool)).state(ADDRESS);
const TOOLS = DEFINITIONS.filter(({ files, unreachable }) => files.length > 0 && unreachable === null).map(
  ({ id }) => id,
);

it('there are tools to try', () => {
  expect(TOOLS).toEqual(Object.keys(HOMES));
});

/** Lines of theirs that hold the values we set; every other one stays to the byte. */
const REPLACED: Readonly<Partial<Record<ToolId, readonly string[]>>> = {
  'claude-code': ['    "ANTHROPIC_BASE_URL": "https://proxy.example.com/anthropic"'],
  codex: ['model = "gpt-5.6"   # the big one'],
  'gemini-cli': [
    "GEMINI_API_KEY='newer one'",
    '\t"security": { "auth": { "selectedType": "oauth-personal" } },',
  ],
  opencode: ['  "model": "anthropic/claude-sonnet-4-5",'],
  cline: ['  "lastUsedProvider": "cline",'],
  aider: ['model: sonnet # for now'],
  zed: ['    "default_model": { "provider": "zed.dev", "model": "claude-sonnet-5" },'],
};

/** @returns lines that do not stand in the text after one another; those of `expected` do not have to */
function lostLines(before: string, after: string, expected: readonly string[]): readonly string[] {
  const lines = after.split('\n');
  let next = 0;
  return before.split('\n').filter((line) => {
    if (expected.includes(line)) return false;
    const place = lines.indexOf(line, next);
    if (place >= 0) next = place + 1;
    return place < 0;
  });
}

describe.each(TOOLS)('%s', (tool) => {
  it.each([
    ['as it is', (text: string) => text],
    ['with carriage returns', (text: string) => text.replaceAll(/\r?\n/g, '\r\n')],
    ['without a last line end', (text: string) => text.replace(/\r?\n$/, '')],
  ])('%s: in, again with other models, and out byte by byte', async (_, change) => {
    const { definition, files } = await lay(tool, change);
    const order = orderFor(definition);
    await doIt(tool, order);
    expect(await stateOf(tool)).toBe('connected');
    await doIt(tool, {
      ...order,
      models: Object.fromEntries(definition.slots.map(({ id }) => [id, 'fast'])),
    });
    expect(await stateOf(tool)).toBe('connected');
    await doIt(tool, { does: 'remove' });
    for (const { path, text } of files) expect(await readFile(path, 'utf8')).toBe(text);
  });

  it('changes the lines it sets and no other, whatever ends the lines', async () => {
    const written = async (change: (text: string) => string) => {
      const { definition, files } = await lay(tool, change);
      await doIt(tool, orderFor(definition));
      const after = await Promise.all(files.map(({ path }) => readFile(path, 'utf8')));
      await doIt(tool, { does: 'remove' });
      return after.map((text, place) => ({ before: files[place]?.text ?? '', text }));
    };
    const plain = await written((text) => text.replaceAll('\r\n', '\n'));
    for (const { before, text } of plain) {
      expect(text).not.toBe(before);
      expect(text).not.toContain('\r');
      expect(lostLines(before, text, REPLACED[tool] ?? [])).toEqual([]);
    }
    // The same with carriage returns, without a line end that has none.
    const returning = await written((text) => text.replaceAll(/\r?\n/g, '\r\n'));
    expect(returning.map(({ text }) => text)).toEqual(plain.map(({ text }) => text.replaceAll('\n', '\r\n')));
  });

  it('what is changed beside it meanwhile stays, and all of ours goes', async () => {
    const { definition, files } = await lay(tool, (text) => text);
    await doIt(tool, orderFor(definition));
    const [main] = files;
    if (main === undefined) throw new Error('no file');
    const lines = (await readFile(main.path, 'utf8')).split('\n');
    const comment = /jsonc?$/.test(main.path) ? '// later' : '# later';
    await writeFile(main.path, [...lines.slice(0, 1), comment, ...lines.slice(1)].join('\n'));
    // A tool that reads no comments drops the file: that is said, and what is ours goes all the same.
    const strict = definition.files[0]?.refuses?.includes('comments') === true;
    expect(await stateOf(tool)).toBe(strict ? 'broken' : 'connected');
    await doIt(tool, { does: 'remove' });
    const [first, ...rest] = main.text.split('\n');
    expect(await readFile(main.path, 'utf8')).toBe([first, comment, ...rest].join('\n'));
  });

  it('from nothing, and to nothing', async () => {
    const { definition } = await lay(tool, (text) => text);
    await Promise.all(
      definition.files
        .flatMap(({ places }) => pathsOf(places, around()))
        .map((path) => rm(path, { force: true })),
    );
    await doIt(tool, orderFor(definition));
    expect(await stateOf(tool)).toBe('connected');
    await doIt(tool, { does: 'remove' });
    const looked = await connector().look(tool);
    expect(looked.files.map(({ found }) => found.text ?? null)).toEqual(looked.files.map(() => null));
  });

  it('broken syntax is refused with its line, and a read-only file by its name', async () => {
    const { definition, files } = await lay(tool, (text) => text);
    for (const { path } of files) await chmod(path, 0o400);
    await expect(doIt(tool, orderFor(definition))).rejects.toThrow('is read-only');
    for (const { path, text } of files) expect(await readFile(path, 'utf8')).toBe(text);
    for (const { path } of files) await chmod(path, 0o600);
    for (const { name, format } of definition.files) {
      const broken = BROKEN[format];
      const path = pathsOf(definition.files.find((file) => file.name === name)?.places ?? [], around())[0];
      if (broken === undefined || path === undefined) continue;
      const before = await readFile(path, 'utf8').catch(() => '');
      await writeFile(path, broken);
      expect(await stateOf(tool)).toBe('broken');
      await expect(doIt(tool, orderFor(definition))).rejects.toThrow(/~\/.+, line \d+: /);
      expect(await readFile(path, 'utf8')).toBe(broken);
      await writeFile(path, before);
    }
  });

  it('through a link, which stays', async () => {
    const { definition, files } = await lay(tool, (text) => text);
    const real = join(home, 'dotfiles');
    await mkdir(real);
    for (const { path } of files) {
      await rename(path, join(real, basename(path)));
      await symlink(join(real, basename(path)), path);
    }
    await doIt(tool, orderFor(definition));
    expect(await stateOf(tool)).toBe('connected');
    await doIt(tool, { does: 'remove' });
    for (const { path, text } of files) {
      expect(await readFile(join(real, basename(path)), 'utf8')).toBe(text);
    }
  });
});
