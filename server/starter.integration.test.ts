/** As `npm start` runs it: below a shell that ends at a signal and hands it on to nobody. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UNBUILT } from './testing/run-host.ts';

it.skipIf(process.platform === 'win32')('stops in good order with the shell that npm started', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-starter-'));
  try {
    // More than one command: else some shells become the program.
    const line = `'${process.execPath}' '${UNBUILT}' --demo --port 0 --data-dir '${folder}'; exit $?`;
    const shell = spawn('sh', ['-c', line], {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', HOME: folder, npm_lifecycle_event: 'serve' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    shell.stdout.setEncoding('utf8').on('data', (part: string) => {
      output += part;
      if (part.includes('is ready on')) shell.kill('SIGTERM');
    });
    // Only when the gateway has ended is nobody left who could write there.
    await once(shell.stdout, 'end');
    expect(output).toContain('Stopped');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
