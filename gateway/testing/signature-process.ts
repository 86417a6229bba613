/** A process that keeps reasoning without end until it is killed. Prints each number before it keeps it. */
import { setTimeout as pause } from 'node:timers/promises';
import { createSignatures } from '../state/signatures.ts';
import { systemClock } from '../system-clock.ts';
import { keptReasoning } from './kept-reasoning.ts';

const [file = ''] = process.argv.slice(2);
const silent = (): void => undefined;
const logger = { debug: silent, info: silent, warn: silent, error: silent };
const vault = createSignatures({ file, clock: systemClock, logger });

for (let number = 1; ; number += 1) {
  vault.put(`call:${number}`, keptReasoning(`thought ${number} `.repeat(200)));
  // The same one again and again, so that the file is rewritten as well.
  vault.put('turn:last', keptReasoning(`last ${number} `.repeat(20_000)));
  process.stdout.write(`${number} ${Date.now()}\n`);
  await pause(5);
}
