/** Money as whole pico-dollars (10^-12 US dollars), so that sums of millions of small prices stay exact. Pure. */

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

/** US dollars as a decimal number with every digit there is: `0.00010587`. */
export function dollarDecimal(pico: bigint): string {
  const fraction = String(pico % PICO)
    .padStart(12, '0')
    .replace(/0+$/, '');
  return `${pico / PICO}${fraction === '' ? '' : `.${fraction}`}`;
}
