/** A restore that a kill cut short, and then another command than `serve` comes first. */
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { applyRestore } from '../gateway/backup/apply.ts';
import { createMemorySecrets, createNodeConfigFile, prepareBackup } from '../gateway/index.ts';
import { silentLogger } from '../gateway/testing/silent-logger.ts';
import { runToEnd } from './testing/run-host.ts';

/** Several processes start one after the other, ms. */
const PATIENCE = 60_000;

let root = '';
let data = '';
/** A back-up with history, and one without. */
let whole = '';
let slim = '';
let log = Buffer.alloc(0);

const command = async (...args: readonly string[]): Promise<string> => {
  const ended = await runToEnd({ folder: data, port: null, command: args.slice(0, 1), args: args.slice(1) });
  expect(ended, ended.output).toMatchObject({ code: 0 });
  return ended.output;
};

async function backUp(name: string, ...args: readonly string[]): Promise<string> {
  const made = (await command('backup', ...args)).trim().split(' (')[0] ?? '';
  await copyFile(made, join(root, name));
  return join(root, name);
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'switchyard-cut-short-'));
  data = join(root, 'data');
  await mkdir(join(data, 'conversations'), { recursive: true });
  await writeFile(join(data, 'config.yaml'), '# of the back-up\n');
  whole = await backUp('whole.swbackup');
  slim = await backUp('slim.swbackup', '--without-history');
  await writeFile(join(data, 'config.yaml'), '# in use\n');
  await writeFile(join(data, 'views.json'), '{"views":[]}');
  await writeFile(join(data, 'conversations', 'in-use-00000001.json'), 'in use');
  log = await readFile(join(data, 'log.db'));
  await cutShort();
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Everything is put away, and nothing in its place. */
async function cutShort(): Promise<void> {
  const configFile = createNodeConfigFile({
    path: join(data, 'config.yaml'),
    dataFolder: data,
    logger: silentLogger,
  });
  const secrets = createMemorySecrets();
  await prepareBackup({
    file: whole,
    passphrase: null,
    dataFolder: data,
    configFile,
    secrets,
    now: Date.now(),
    cancelled: () => false,
  });
  let away = 0;
  const applied = applyRestore({
    dataFolder: data,
    configFile,
    secrets,
    step(name) {
      away += name === 'away' ? 1 : 0;
      if (away === 11) throw new Error('killed');
    },
  });
  await expect(applied).rejects.toThrow('killed');
}

const kept = async (): Promise<string> => {
  const found = (await readdir(data)).filter((name) => name.startsWith('before-restore-'));
  expect(found).toHaveLength(1);
  return join(data, found[0] ?? '');
};

it(
  'backup finishes it first, and what was in use before is kept',
  async () => {
    await command('backup', '--without-history');
    expect(await readdir(data)).not.toContain('restore');
    expect(await readFile(join(data, 'config.yaml'), 'utf8')).toBe('# of the back-up\n');
    expect(await readFile(join(await kept(), 'log.db'))).toEqual(log);
  },
  PATIENCE,
);

it(
  'another restore takes it back first: what it keeps is what was in use, and no history is lost',
  async () => {
    await command('restore', slim, '--yes');
    expect(await readdir(data)).not.toContain('restore');
    expect(await readFile(join(data, 'log.db'))).toEqual(log);
    expect(await readdir(join(data, 'conversations'))).toEqual(['in-use-00000001.json']);
    expect(await readFile(join(await kept(), 'views.json'), 'utf8')).toBe('{"views":[]}');
    expect(await readFile(join(await kept(), 'config.yaml'), 'utf8')).toBe('# in use\n');
  },
  PATIENCE,
);

it(
  'one that is refused leaves what was in use',
  async () => {
    const torn = join(root, 'torn.swbackup');
    await writeFile(torn, (await readFile(slim)).subarray(0, -40));
    const ended = await runToEnd({ folder: data, port: null, command: ['restore'], args: [torn, '--yes'] });
    expect(ended.code).toBe(1);
    await command('backup', '--without-history');
    expect(await readFile(join(data, 'config.yaml'), 'utf8')).toBe('# in use\n');
    expect(await readdir(join(data, 'conversations'))).toEqual(['in-use-00000001.json']);
  },
  PATIENCE,
);
