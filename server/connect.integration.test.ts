import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runHost, runToEnd } from './testing/run-host.ts';

/** Several processes start one after the other, ms. */
const PATIENCE = 120_000;
const SETTINGS =
  '{\n  "mine": [ ],\n  "theme": "dark",\n  "env": { "ANTHROPIC_API_KEY": "sk-ant-mine-0000000001" }\n}\n';

let root: string;
let home: string;
let data: string;
let file: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'switchyard-connect-command-'));
  [home, data] = [join(root, 'home'), join(root, 'data')];
  file = join(home, '.claude', 'settings.json');
  await mkdir(join(home, '.claude'), { recursive: true });
  await mkdir(data);
  await writeFile(file, SETTINGS);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const connect = (...args: readonly string[]) =>
  runToEnd({
    command: ['connect', ...args],
    port: null,
    folder: data,
    environment: { HOME: home, USERPROFILE: home },
  });
const text = (): Promise<string> => readFile(file, 'utf8');

it('lists, shows, writes and takes back where no gateway runs', { timeout: PATIENCE }, async () => {
  const list = await connect();
  expect(list.code).toBe(0);
  expect(list.output).toContain(`No gateway runs on ${data}:`);
  expect(list.output).toMatch(/^claude-code +not-connected +~\/\.claude\/settings\.json$/m);

  const shown = await connect('claude-code', '--dry-run');
  expect(shown.code).toBe(0);
  expect(shown.output).toContain('--- ~/.claude/settings.json\n+++ ~/.claude/settings.json\n@@ ');
  expect(shown.output).toContain('sk-••••0001');
  expect(shown.output).not.toMatch(/sk-ant-mine|sy-[\w-]{8}|\u001B/);
  expect(await text()).toBe(SETTINGS);

  const unasked = await connect('claude-code');
  expect(unasked).toMatchObject({ code: 1 });
  expect(unasked.output).toContain('--yes');
  expect(await text()).toBe(SETTINGS);

  const done = await connect('claude-code', '--yes');
  expect(done).toMatchObject({ code: 0 });
  expect(done.output).toContain('Claude Code: connected');
  expect(await text()).toContain('http://127.0.0.1:8000');
  expect((await connect('claude-code', '--yes')).output).toContain('Nothing is to be done.');

  const gone = await connect('claude-code', '--remove', '--yes');
  expect(gone).toMatchObject({ code: 0 });
  expect(gone.output).not.toContain('No gateway runs');
  expect(await text()).toBe(SETTINGS);
  expect(await readFile(join(data, 'config.yaml'), 'utf8')).not.toContain('claude-code');
});

it('writes nothing where it only lists or shows', { timeout: PATIENCE }, async () => {
  const typo = join(root, 'dta');
  const there = async (): Promise<readonly string[]> => (await readdir(root, { recursive: true })).sort();
  const before = await there();
  expect((await connect('--data-dir', typo)).code).toBe(0);
  expect((await connect('claude-code', '--dry-run', '--data-dir', typo)).code).toBe(0);
  expect((await connect('claude-code', '--dry-run')).code).toBe(0);
  expect(await there()).toEqual(before);

  // What was connected is seen all the same.
  await connect('claude-code', '--yes');
  expect((await connect()).output).toMatch(/^claude-code +connected /m);
  const gone = await connect('claude-code', '--remove', '--dry-run');
  expect(gone.output).toMatch(/^-.*ANTHROPIC_BASE_URL/m);
});

it('a client does not go unasked where the file has nothing left of it', { timeout: PATIENCE }, async () => {
  const client = async () => (await readFile(join(data, 'config.yaml'), 'utf8')).includes('claude-code');
  await connect('claude-code', '--yes');
  await writeFile(file, SETTINGS);
  const unasked = await connect('claude-code', '--remove');
  expect(unasked).toMatchObject({ code: 1 });
  expect(unasked.output).toContain('--yes');
  expect(unasked.output).toContain('The client claude-code goes from the configuration');
  expect(unasked.output).not.toContain('Nothing is to be done.');
  expect(await client()).toBe(true);
  expect(await connect('claude-code', '--remove', '--yes')).toMatchObject({ code: 0 });
  expect(await client()).toBe(false);
});

it('the gateway that runs does it, with its own address', { timeout: PATIENCE }, async () => {
  const host = await runHost({ folder: data, environment: { HOME: home, USERPROFILE: home } });
  try {
    const done = await connect('claude-code', '--yes', '--no-own-key');
    expect(done).toMatchObject({ code: 0 });
    expect(done.output).not.toContain('No gateway runs');
    expect(await text()).toContain(host.address);
    expect(await text()).toContain('"local"');
    const answer = await fetch(`${host.address}/v1/models`);
    expect(answer.status).toBe(200);
    const copy = /settings\.json\.[\d-]+/.exec(
      await readFile(join(data, 'connect', 'manifest.json'), 'utf8'),
    )?.[0];
    expect(await connect('claude-code', '--restore', copy ?? '', '--yes')).toMatchObject({ code: 0 });
    expect(await text()).toBe(SETTINGS);
  } finally {
    await host.stop();
  }
});

it('says that a demo runs where only one does, and what to type', { timeout: PATIENCE }, async () => {
  const host = await runHost({
    folder: data,
    args: ['--demo'],
    environment: { HOME: home, USERPROFILE: home },
  });
  try {
    const list = await connect();
    expect(list.output).toContain(`No gateway runs on ${data}:`);
    expect(list.output).toContain(`A demo runs at ${host.address}: add --demo`);
    expect((await connect('--demo')).output).not.toContain('No gateway runs');
  } finally {
    await host.stop();
  }
});

it.each([
  ['broken syntax', () => writeFile(file, '{\n  "env": \n'), /~\/\.claude\/settings\.json, line \d/],
  ['a read-only file', () => chmod(file, 0o400), 'read-only'],
])('%s is refused and nothing is written', { timeout: PATIENCE }, async (_, spoil, sentence) => {
  await spoil();
  const before = await text();
  const ended = await connect('claude-code', '--yes');
  expect(ended.code).toBe(1);
  expect(ended.output).toMatch(sentence);
  expect(await text()).toBe(before);
});
