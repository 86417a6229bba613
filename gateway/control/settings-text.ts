/** From what a person chose in the interface to what the configuration file has. Pure. */
import type { SettingPath, SettingValue } from '../../contract/rpc/procedures/settings.ts';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { fault } from '../../contract/rpc/fault-words.ts';
import { validate } from '../config/validate.ts';

/** Settings that the file has as texts such as `30s`. */
const DURATIONS: ReadonlySet<SettingPath> = new Set([
  'routing.deadline',
  'routing.cooldown.base',
  'routing.cooldown.ceiling',
  'routing.health_check_interval',
  'routing.timeout.connect',
  'routing.timeout.first_content',
  'routing.timeout.idle',
  'routing.timeout.total',
  'cache.ttl',
  'backup.every',
]);

/** Settings that the file has as texts such as `10MB`. */
const SIZES: ReadonlySet<SettingPath> = new Set(['requests.keep.size', 'logging.max_size']);

const DURATION_UNITS = [
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;

const SIZE_UNITS = [
  ['GB', 1e9],
  ['MB', 1e6],
  ['KB', 1e3],
] as const;

/** Least length of a client key; whoever guesses it spends the user's money. */
const SHORTEST_KEY = 12;

/** @param value a duration in ms, a size in bytes, or anything as the file has it */
export function asWritten(path: SettingPath, value: SettingValue): SettingValue {
  if (typeof value === 'number') {
    if (DURATIONS.has(path)) return durationText(value);
    return SIZES.has(path) ? sizeText(value) : value;
  }
  return path === 'server.api_key' && typeof value === 'string' ? value.trim() : value;
}

/** `90000` as `90s`: the largest unit that needs no fraction. */
export function durationText(milliseconds: number): string {
  const [unit, length] = largestUnit(milliseconds, DURATION_UNITS) ?? ['ms', 1];
  return `${milliseconds / length}${unit}`;
}

/** `1000000000` as `1GB`; a size that fits no unit stays a number of bytes. */
export function sizeText(bytes: number): string | number {
  const unit = largestUnit(bytes, SIZE_UNITS);
  return unit === undefined ? bytes : `${bytes / unit[1]}${unit[0]}`;
}

function largestUnit<Unit extends readonly [string, number]>(
  amount: number,
  units: readonly Unit[],
): Unit | undefined {
  return amount === 0 ? units.at(-1) : units.find(([, length]) => amount % length === 0);
}

/** @returns what is wrong with a value and what is allowed, as a clause; null when the setting can have it */
export function faultOf(path: SettingPath, written: SettingValue): Told | null {
  if (path === 'server.api_key') return clientKeyFault(written);
  if (path === 'server.port' && written === 0) {
    return fault('port', { least: 1, most: 65_535 });
  }
  const whole = path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), written);
  const judged = validate(whole);
  return judged.ok ? null : (judged.faults[0]?.told ?? null);
}

function clientKeyFault(written: SettingValue): Told | null {
  if (typeof written !== 'string') return fault('text');
  if (written.length < SHORTEST_KEY) return fault('least-characters', { count: SHORTEST_KEY });
  return /^[\x21-\x7e]+$/.test(written) ? null : fault('key-letters');
}
