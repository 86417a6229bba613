import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { systemClock } from '../system-clock.ts';
import { keptReasoning } from '../testing/kept-reasoning.ts';
import { lastMoments } from '../testing/last-moments.ts';
import { createSignatures } from './signatures.ts';

const PROCESS = fileURLToPath(new URL('../testing/signature-process.ts', import.meta.url));
const silent = (): void => undefined;
const warnings: string[] = [];
const logger = {
  debug: silent,
  info: silent,
  warn: (text: string) => void warnings.push(text),
  error: silent,
};

interface Kept {
  readonly number: number;
  /** Unix ms. */
  readonly at: number;
}

/** Kills the process at its `reports`-th report; answers everything it said it kept. */
async function keepAndKill(file: string, reports: number): Promise<readonly Kept[]> {
  const child = spawn(process.execPath, [PROCESS, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const kept: Kept[] = [];
  for await (const line of createInterface(child.stdout)) {
    const [number = 0, at = 0] = line.split(' ').map(Number);
    kept.push({ number, at });
    if (kept.length === reports) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return kept;
}

it.each([3, 60, 200, 333])(
  'what was kept survives a kill -9 at report %i, but for the last second',
  async (reports) => {
    const folder = await mkdtemp(join(tmpdir(), 'switchyard-kill-'));
    const file = join(folder, 'signatures.jsonl');
    const kept = await keepAndKill(file, reports);
    const end = kept.at(-1)?.at ?? 0;
    const latest = lastMoments(kept.map(({ at }) => at));

    const vault = createSignatures({ file, clock: systemClock, logger });
    await vault.ready();
    for (const { number, at } of kept) {
      const found = vault.get(`call:${number}`);
      if (found === undefined) expect(end - at).toBeLessThan(latest);
      else expect(found).toEqual(keptReasoning(`thought ${number} `.repeat(200)));
    }
    const last = vault.get('turn:last')?.reasoning[0]?.text ?? '';
    expect(last).toMatch(/^(?:last \d+ )*$/);
    vault.put('call:next', keptReasoning('after'));
    await vault.close();

    const again = createSignatures({ file, clock: systemClock, logger });
    await again.ready();
    expect(again.get('call:next')).toEqual(keptReasoning('after'));
    expect(warnings).toEqual([]);
    await again.close();
    await rm(folder, { recursive: true });
  },
);
