/** A file called `config.yaml` that merely lies where a command is started is nobody's configuration. */
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { prepareBackup } from '../gateway/index.ts';
import { runHost, runToEnd } from './testing/run-host.ts';

/** Several processes start one after the other, ms. */
const PATIENCE = 60_000;
const BLOG = '# my blog\nbaseURL: https://example.org\n';
const alias = (id: string): string =>
  'providers: [{ id: up, dialect: openai-chat, base_url: "http://127.0.0.1:9/v1", allow_private_network: true, models: [m] }]\n' +
  `models: [{ id: ${id}, targets: [{ model: up/m }] }]\n`;

let root = '';
/** The data folder, and the folder of somebody's project. */
let data = '';
let project = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'switchyard-config-place-'));
  data = join(root, 'data');
  project = join(root, 'project');
  await mkdir(data);
  await mkdir(project);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const inProject = (command: string, ...args: readonly string[]) =>
  runToEnd({ folder: data, workingFolder: project, port: null, command: [command], args });

async function backUp(): Promise<string> {
  const made = await inProject('backup', '--without-history');
  expect(made, made.output).toMatchObject({ code: 0 });
  const [name = ''] = (await readdir(join(data, 'backups'))).toSorted();
  const file = join(root, 'made.swbackup');
  await copyFile(join(data, 'backups', name), file);
  return file;
}

const text = (folder: string): Promise<string> => readFile(join(folder, 'config.yaml'), 'utf8');

it(
  'backup and restore take the configuration of the data folder, and name it',
  async () => {
    await writeFile(join(data, 'config.yaml'), alias('mine'));
    await writeFile(join(project, 'config.yaml'), BLOG);
    const file = await backUp();
    await writeFile(join(data, 'config.yaml'), alias('later'));
    const restored = await inProject('restore', file, '--yes');
    expect(restored, restored.output).toMatchObject({ code: 0 });
    expect(await text(project)).toBe(BLOG);
    expect(await text(data)).toBe(alias('mine'));
    expect(restored.output).toContain(`configuration into ${join(data, 'config.yaml')}`);
  },
  PATIENCE,
);

it(
  'every command takes the one that the gateway of the data folder ran with last',
  async () => {
    const used = join(root, 'used');
    await mkdir(used);
    await writeFile(join(used, 'config.yaml'), alias('used'));
    await writeFile(join(project, 'config.yaml'), alias('other'));
    await writeFile(join(data, 'request.json'), '{"model":"used","messages":[]}');
    const host = await runHost({ folder: data, workingFolder: used });
    await host.stop();

    const told = await inProject('explain', '--request', join(data, 'request.json'));
    expect(told.output).toContain('up/m');
    const connected = await inProject('connect', 'codex', '--model', 'used', '--yes');
    expect(connected, connected.output).toMatchObject({ code: 0 });
    expect(await text(used)).toContain('codex');
    const file = await backUp();
    await writeFile(join(used, 'config.yaml'), alias('later'));
    const restored = await inProject('restore', file, '--yes');
    expect(restored.output).toContain(`configuration into ${join(used, 'config.yaml')}`);
    expect(await text(used)).toContain('codex');
    expect(await text(project)).toBe(alias('other'));

    // Once it ran with the data folder's own, that is the one again.
    await writeFile(join(data, 'config.yaml'), alias('own'));
    await (await runHost({ folder: data })).stop();
    const again = await inProject('restore', file, '--yes');
    expect(again.output).toContain(`configuration into ${join(data, 'config.yaml')}`);
  },
  PATIENCE,
);

it(
  'a restore that waits goes to no other file than the one it was prepared for',
  async () => {
    await writeFile(join(data, 'config.yaml'), alias('mine'));
    const file = await backUp();
    await writeFile(join(data, 'config.yaml'), alias('later'));
    await writeFile(join(project, 'config.yaml'), alias('other'));
    await prepareBackup({
      file,
      passphrase: null,
      dataFolder: data,
      configFile: { location: join(data, 'config.yaml'), checkWritable: () => Promise.resolve() },
      secrets: null,
      now: Date.now(),
      cancelled: () => false,
    });
    const host = await runHost({ folder: data, workingFolder: project });
    await host.stop();
    expect(await text(project)).toBe(alias('other'));
    expect(await text(data)).toBe(alias('later'));
    const kept = (await readdir(data)).find((name) => name.startsWith('before-restore-')) ?? '';
    expect(await readFile(join(data, kept, 'config.restored.yaml'), 'utf8')).toBe(alias('mine'));
  },
  PATIENCE,
);

it(
  'and so it is where it ran with the data folder’s own, whatever lies where a command is typed',
  async () => {
    await writeFile(join(data, 'config.yaml'), alias('own'));
    await (await runHost({ folder: data })).stop();
    await writeFile(join(data, 'request.json'), '{"model":"own","messages":[]}');
    await writeFile(join(project, 'config.yaml'), BLOG);
    const connected = await inProject('connect', 'codex', '--model', 'own', '--yes');
    expect(connected, connected.output).toMatchObject({ code: 0 });
    await writeFile(join(project, 'config.yaml'), alias('other'));
    const told = await inProject('explain', '--request', join(data, 'request.json'));
    expect(told.output).toContain('up/m');
    expect(await text(project)).toBe(alias('other'));
    expect(await text(data)).toContain('codex');
  },
  PATIENCE,
);
