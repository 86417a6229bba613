/** What was spent, as a file. It is replaced as a whole, so a killed process leaves the version before. */
import { readFile, rename } from 'node:fs/promises';
import * as z from 'zod/mini';
import { replaceFile } from './replace-file.ts';

/** Of one budget in one period. */
export interface Spent {
  readonly pico: bigint;
  /** Requests whose cost is known and stands in `pico`. */
  readonly requests: number;
  /** Requests whose cost is not known. */
  readonly unpriced: number;
}

/** By budget, then by key of period. */
export type SpentByBudget = ReadonlyMap<string, ReadonlyMap<string, Spent>>;

export interface BudgetsFile {
  /** Empty where there is none; undefined where it cannot be understood, and is set aside then. */
  read(): Promise<SpentByBudget | undefined>;
  write(spent: SpentByBudget): Promise<void>;
}

const spentSchema = z.object({
  pico: z.string().check(z.regex(/^\d{1,400}$/)),
  requests: z.int().check(z.minimum(0)),
  unpriced: z.int().check(z.minimum(0)),
});
const fileSchema = z.object({
  version: z.literal(1),
  budgets: z.record(z.string(), z.record(z.string(), spentSchema)),
});

export function createBudgetsFile(path: string): BudgetsFile {
  return {
    async read() {
      let text: string;
      try {
        text = await readFile(path, 'utf8');
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map();
        throw error;
      }
      const spent = understood(text);
      if (spent === undefined) await rename(path, `${path}.damaged`);
      return spent;
    },

    async write(spent) {
      const budgets = Object.fromEntries(
        [...spent].map(([id, periods]) => [
          id,
          Object.fromEntries([...periods].map(([key, one]) => [key, { ...one, pico: String(one.pico) }])),
        ]),
      );
      await replaceFile(path, JSON.stringify({ version: 1, budgets }));
    },
  };
}

function understood(text: string): SpentByBudget | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = fileSchema.safeParse(value);
  if (!parsed.success) return undefined;
  return new Map(
    Object.entries(parsed.data.budgets).map(([id, periods]) => [
      id,
      new Map(Object.entries(periods).map(([key, one]) => [key, { ...one, pico: BigInt(one.pico) }])),
    ]),
  );
}
