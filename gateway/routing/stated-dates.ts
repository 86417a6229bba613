/** Ends of limits that providers state as a date or a time of day. Pure. */

/**
 * Anthropic: "You will regain access on 2026-09-01 at 00:00 UTC."
 * @param now Unix ms
 * @returns Unix ms; undefined without such words, or where that date is past
 */
export function statedDate(message: string, now: number): number | undefined {
  const found = /regain access on (\d{4}-\d{2}-\d{2})(?: at (\d{2}:\d{2}) UTC)?/i.exec(message);
  if (found === null) return undefined;
  const at = Date.parse(`${found[1]}T${found[2] ?? '00:00'}:00Z`);
  return at > now ? at : undefined;
}

const DAY = 24 * 3_600_000;

const pacific = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  hourCycle: 'h23',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/**
 * Google's quotas of a day begin anew at midnight Pacific time.
 * @param now Unix ms
 * @returns Unix ms, after `now`
 */
export function nextMidnightPacific(now: number): number {
  const roughly = now - sinceMidnight(now) + DAY;
  // Where a clock was changed on the way, the day was an hour shorter or longer.
  const off = sinceMidnight(roughly);
  return off < DAY / 2 ? roughly - off : roughly + DAY - off;
}

/** By the clock on a Pacific wall, ms. */
function sinceMidnight(at: number): number {
  const parts = pacific.formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((candidate) => candidate.type === type)?.value ?? 0);
  const seconds = (part('hour') * 60 + part('minute')) * 60 + part('second');
  return seconds * 1_000 + (at % 1_000);
}
