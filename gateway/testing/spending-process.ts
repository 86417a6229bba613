/** A process that spends a pico-dollar again and again until it is killed. Prints each sum after it was charged. */
import { setTimeout as pause } from 'node:timers/promises';
import type { BudgetRule } from '../core/budgets.ts';
import { createBudgetsFile } from '../state/budgets-file.ts';
import { createBudgets } from '../state/budgets.ts';
import { systemClock } from '../system-clock.ts';

const [file = ''] = process.argv.slice(2);
const silent = (): void => undefined;
const rules: readonly BudgetRule[] = [
  { id: 'all/month', scope: 'all', per: 'month', pico: 1_000_000n, warnAt: [], blocks: true },
];
const budgets = createBudgets({
  clock: systemClock,
  logger: { debug: silent, info: silent, warn: silent, error: silent },
  file: createBudgetsFile(file),
  rules: () => rules,
  changed: silent,
});

for (let sum = 1; ; sum += 1) {
  budgets.charge(['all'], 1n);
  process.stdout.write(`${sum} ${Date.now()}\n`);
  await pause(5);
}
