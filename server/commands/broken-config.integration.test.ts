/** Commands without a running gateway: a configuration that cannot be used is told, and nothing stands in for it. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runToEnd } from '../testing/run-host.ts';

/** Processes start one after the other, ms. */
const PATIENCE = 120_000;
const BROKEN = 'server: { port: 8123 }\nproviders:\n  - id: openai\n    tpyo: 1\n';

let root: string;
let data: string;
let settings: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'switchyard-broken-config-'));
  data = join(root, 'data');
  settings = join(root, '.claude', 'settings.json');
  await mkdir(data);
  await mkdir(join(root, '.claude'));
  await writeFile(settings, '{}\n');
  await writeFile(join(data, 'config.yaml'), BROKEN);
  await writeFile(join(data, 'request.json'), '{"model":"fast","messages":[{"role":"user","content":"hi"}]}');
});
afterEach(() => rm(root, { recursive: true, force: true }));

it.each([
  ['explain', ['explain', '--request', 'request.json']],
  ['the list of tools', ['connect']],
  ['a tool that is connected', ['connect', 'claude-code', '--yes']],
  ['a back-up', ['backup']],
])('%s ends with 1 and names the line', { timeout: PATIENCE }, async (_what, command) => {
  const environment = { HOME: root, USERPROFILE: root };
  const ended = await runToEnd({ command, port: null, folder: data, environment });
  expect(ended.code).toBe(1);
  expect(ended.output).toContain(`${join(data, 'config.yaml')} cannot be used: `);
  expect(ended.output).toContain('providers[0].tpyo (line 4): this setting is not known');
  expect(ended.output).toContain('Nothing was done');
  expect(await readFile(settings, 'utf8')).toBe('{}\n');
  expect((await readdir(data)).filter((name) => name.startsWith('config.'))).toEqual(['config.yaml']);
});
