/** Money of statistics. Pure. */

/** Pico-dollars in a dollar. */
const PICO = 1e12;

export const dollarsOf = (pico: number): number => pico / PICO;
