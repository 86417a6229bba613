import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { lastMoments } from '../testing/last-moments.ts';
import { createBudgetsFile } from './budgets-file.ts';

const PROCESS = fileURLToPath(new URL('../testing/spending-process.ts', import.meta.url));

it.each([3, 150, 333])(
  'what was spent survives a kill -9 at report %i, but for the last second',
  async (reports) => {
    const folder = await mkdtemp(join(tmpdir(), 'switchyard-kill-'));
    try {
      const file = join(folder, 'budgets.json');
      const child = spawn(process.execPath, [PROCESS, file], { stdio: ['ignore', 'pipe', 'inherit'] });
      const told: { readonly sum: number; readonly at: number }[] = [];
      for await (const line of createInterface(child.stdout)) {
        const [sum = 0, at = 0] = line.split(' ').map(Number);
        told.push({ sum, at });
        if (told.length === reports) child.kill('SIGKILL');
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');

      const read = await createBudgetsFile(file).read();
      const [kept] = read?.get('all/month')?.values() ?? [];
      const sum = Number(kept?.pico ?? 0n);
      const end = told.at(-1)?.at ?? 0;
      const firstLost = told.find((one) => one.sum > sum);
      if (firstLost !== undefined)
        expect(end - firstLost.at).toBeLessThan(lastMoments(told.map(({ at }) => at)));
      expect(sum).toBeLessThanOrEqual((told.at(-1)?.sum ?? 0) + 1);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);
