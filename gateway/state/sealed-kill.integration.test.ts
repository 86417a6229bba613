import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseMasterKey } from './master-key.ts';
import { createSealedSecrets } from './sealed-secrets.ts';

const PROCESS = fileURLToPath(new URL('../testing/sealed-process.ts', import.meta.url));
const KEY = 'ab'.repeat(32);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-sealed-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('the sealed file opens after kills in the middle of writes, with what was kept last, and goes on', async () => {
  const file = join(folder, 'secrets.enc');
  for (const writes of [1, 7, 20]) {
    const child = spawn(process.execPath, [PROCESS, file, KEY], { stdio: ['ignore', 'pipe', 'inherit'] });
    let kept = 0;
    let count = 0;
    for await (const line of createInterface(child.stdout)) {
      kept = Number(line);
      if ((count += 1) === writes) child.kill('SIGKILL');
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    const store = createSealedSecrets({ file, master: parseMasterKey(KEY, 'the test') });
    // The one under way when the kill came may have been kept without being told.
    expect([kept, kept + 1]).toContain(Number(await store.get('one/counter')));
    await store.set('one/other', 'goes on');
    expect(await store.get('one/other')).toBe('goes on');
  }
});
