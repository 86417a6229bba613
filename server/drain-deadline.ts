/** How long running requests get at shutdown. */
import { StartProblem, type Environment } from '../gateway/index.ts';

const DRAIN = 'SWITCHYARD_DRAIN_SECONDS';
const DEFAULT_DRAIN_SECONDS = 120;

/** Time that running requests get to end at shutdown, ms. @throws StartProblem for anything but 0 to 3600 seconds */
export function drainDeadline(environment: Environment): number {
  const text = environment[DRAIN]?.trim() || String(DEFAULT_DRAIN_SECONDS);
  const seconds = /^\d{1,4}$/.test(text) ? Number(text) : Infinity;
  if (seconds <= 3_600) return seconds * 1_000;
  throw new StartProblem(`${DRAIN} is a whole number of seconds from 0 to 3600.`);
}
