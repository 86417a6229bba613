/** When the provider says a limit ends: read from headers and body, bounded (DESIGN section 6). Pure. */
import type { UpstreamError } from '../core/upstream-error.ts';
import { DAY_QUOTA } from './quota-names.ts';
import { nextMidnightPacific, statedDate } from './stated-dates.ts';

/** No hint is believed beyond this, ms. */
export const LONGEST_HINT = 24 * 3_600_000;
/** A date in words is the end of a month's limit at the most, ms. */
export const LONGEST_DATE = 62 * LONGEST_HINT;

type Headers = Readonly<Record<string, string>>;

/**
 * A date that the body states and the end of a day's quota are believed first: the delay that comes with them is that
 * of a shorter limit. Then: retry-after-ms, retry-after, the time of a limit per day in words, reset headers of a
 * spent limit, retry delay in the body, words.
 * @param now Unix ms, for dates where the answer does not say when it was written
 * @returns ms from now, at least 0; undefined without a usable hint
 */
export function retryHint(headers: Headers, error: UpstreamError, now: number): number | undefined {
  const clock = theirClock(headers) ?? now;
  const stated = statedDate(error.message, clock);
  if (stated !== undefined) return Math.min(stated - clock, LONGEST_DATE);
  if (DAY_QUOTA.test(error.details['quotaid'] ?? '')) return nextMidnightPacific(clock) - clock;
  const found =
    number(headers['retry-after-ms'], 1) ??
    retryAfter(headers['retry-after'], clock) ??
    (PER_DAY.test(error.message) ? words(error.message) : undefined) ??
    resetHeaders(headers, clock) ??
    resetHeaders(error.details, clock) ??
    parseSpan(error.details['retrydelay'] ?? '') ??
    words(error.message);
  return found === undefined || found < 0 ? undefined : Math.min(found, LONGEST_HINT);
}

/** When the answer was written by the clock that its dates are of; Unix ms. This machine's may be an hour off. */
function theirClock(headers: Headers): number | undefined {
  const at = Date.parse(headers['date'] ?? '');
  return Number.isNaN(at) ? undefined : at;
}

/** Groq: "on tokens per day (TPD)"; its headers tell of the minute only. */
const PER_DAY = /per day|\((?:TPD|RPD)\)/i;

function number(text: string | undefined, factor: number): number | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) && value >= 0 ? value * factor : undefined;
}

/** Seconds or an HTTP date (RFC 9110 10.2.3). A date in the past is no hint. */
function retryAfter(text: string | undefined, now: number): number | undefined {
  const seconds = number(text, 1_000);
  if (seconds !== undefined || text === undefined) return seconds;
  const date = Date.parse(text);
  return Number.isNaN(date) || date < now || !/[a-z]{3}/i.test(text) ? undefined : date - now;
}

/** Cerebras tells of a day and of a minute. */
const SPENT_KINDS = ['', '-minute', '-hour', '-day'].flatMap((window) => [
  `requests${window}`,
  `tokens${window}`,
]);

/** Reset headers count only where the limit they belong to is spent. */
function resetHeaders(headers: Headers, now: number): number | undefined {
  const waits: number[] = [];
  for (const kind of SPENT_KINDS) {
    if (headers[`x-ratelimit-remaining-${kind}`] === '0') {
      const text = headers[`x-ratelimit-reset-${kind}`] ?? '';
      // Azure and Cerebras write bare seconds.
      const wait = parseSpan(text) ?? number(text, 1_000);
      if (wait !== undefined) waits.push(wait);
    }
  }
  // Anthropic: dates, one for each kind of tokens.
  for (const kind of ['requests', 'tokens', 'input-tokens', 'output-tokens']) {
    if (headers[`anthropic-ratelimit-${kind}-remaining`] === '0') {
      const at = Date.parse(headers[`anthropic-ratelimit-${kind}-reset`] ?? '');
      if (at > now) waits.push(at - now);
    }
  }
  // OpenRouter: one limit, its reset in epoch milliseconds; in the body's metadata too.
  if (headers['x-ratelimit-remaining'] === '0') {
    const at = number(headers['x-ratelimit-reset'], 1);
    if (at !== undefined && at > now) waits.push(at - now);
  }
  return waits.length === 0 ? undefined : Math.max(...waits);
}

const UNIT: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * A span as providers write it: `120ms`, `6m0s`, `1h53m56.832s`, `38s`.
 * @returns ms, or undefined when it is none
 */
export function parseSpan(text: string): number | undefined {
  const trimmed = text.trim().toLowerCase();
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/.test(trimmed)) return undefined;
  let total = 0;
  for (const [, amount, unit] of trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    total += Number(amount) * (UNIT[unit ?? ''] ?? 0);
  }
  return total;
}

const IN_WORDS = /(?:try again|retry) (?:in|after) ((?:\d+(?:\.\d+)? ?[a-z]+ ?)+)/i;
const PART = /(\d+(?:\.\d+)?) ?([a-z]+)/gi;
/** Units as they are written behind a number, ms. */
const UNIT_WORDS: readonly (readonly [RegExp, number])[] = [
  [/^(?:ms|msecs?|milliseconds?)$/i, 1],
  [/^(?:s|secs?|seconds?)$/i, 1_000],
  [/^(?:m|mins?|minutes?)$/i, 60_000],
  [/^(?:h|hrs?|hours?)$/i, 3_600_000],
  [/^(?:d|days?)$/i, 86_400_000],
];

/** "Please try again in 1h53m56.832s", "try again after 1 seconds". */
function words(message: string): number | undefined {
  let total: number | undefined;
  for (const [, amount, word = ''] of (IN_WORDS.exec(message)?.[1] ?? '').matchAll(PART)) {
    const unit = UNIT_WORDS.find(([form]) => form.test(word))?.[1];
    if (unit === undefined) break;
    total = (total ?? 0) + Number(amount) * unit;
  }
  return total;
}
