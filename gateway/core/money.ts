/** Money as whole pico-dollars (10^-12 US dollars), so that sums of millions of small prices stay exact. Pure. */
import type { TokenCounts } from '../../contract/log/row.ts';
import type { ModelPrice } from '../../contract/rpc/procedures/models.ts';

/** A price in dollars per million tokens is this many pico-dollars per token. */
const PER_TOKEN = 1e6;
const PICO = 1_000_000_000_000n;

/** Below a few thousand dollars exact to the pico-dollar, above to the micro-dollar. */
export function picoOf(dollars: number): bigint {
  if (dollars < 9_000) return BigInt(Math.round(dollars * 1e12));
  return BigInt(Math.round(dollars * 1e6)) * 1_000_000n;
}

/** For showing only. */
export function dollarsOf(pico: bigint): number {
  return Number(pico / PICO) + Number(pico % PICO) / 1e12;
}

/** `$20`, `$0.0123`: as many digits as it takes to see something. */
export function dollarText(pico: bigint): string {
  const dollars = dollarsOf(pico);
  if (dollars === 0 || dollars >= 1) return `$${dollars.toFixed(2).replace(/\.00$/, '')}`;
  return `$${Number(dollars.toPrecision(2))}`;
}

/**
 * What an answer cost.
 * @returns null where a price that is needed is not known; nothing is guessed
 */
export function costOf(tokens: TokenCounts, price: ModelPrice | null): bigint | null {
  if (price === null) return null;
  const plain = Math.max(0, tokens.input - tokens.cacheRead - tokens.cacheWrite);
  const parts: readonly (readonly [number, number | null])[] = [
    [plain, price.input],
    [tokens.cacheRead, price.cacheRead ?? price.input],
    [tokens.cacheWrite, price.cacheWrite ?? price.input],
    [tokens.output, price.output],
  ];
  let sum = 0n;
  for (const [count, dollars] of parts) {
    if (count === 0) continue;
    if (dollars === null) return null;
    sum += BigInt(count) * BigInt(Math.round(dollars * PER_TOKEN));
  }
  return sum;
}
