/** What is left of a key's limits, as providers tell it in the headers of their answers. Pure. */
import type { KeyQuota } from '../../contract/rpc/procedures/providers.ts';
import { parseSpan } from './hints.ts';

type Headers = Readonly<Record<string, string>>;

/** `x-ratelimit-remaining-tokens` of OpenAI and most; `anthropic-ratelimit-tokens-remaining`; OpenRouter's bare one. */
const REMAINING = /^(?:x-ratelimit-remaining(?:-(.+))?|anthropic-ratelimit-(.+)-remaining)$/;
/** One of these is there where any is; looking for them is quicker than reading all headers. */
const SIGNS = [
  'x-ratelimit-remaining-requests',
  'x-ratelimit-remaining-tokens',
  'anthropic-ratelimit-requests-remaining',
  'anthropic-ratelimit-tokens-remaining',
  'anthropic-ratelimit-input-tokens-remaining',
  'x-ratelimit-remaining',
  'x-ratelimit-remaining-tokens-minute',
] as const;
/** A number from here on is a moment in epoch ms, one from a thousandth of it in epoch seconds, else a count of seconds. */
const EPOCH = 1_000_000_000_000;
/** No limit lasts longer, ms: what lies further away, before or after, is no moment of this provider's clock. */
const FURTHEST = 400 * 86_400_000;

export const tellsQuota = (headers: Headers): boolean => SIGNS.some((name) => headers[name] !== undefined);

/** @param at Unix ms at which the answer came */
export function readQuota(headers: Headers, at: number): readonly KeyQuota[] {
  return Object.entries(headers).flatMap(([header, text]) => {
    const found = REMAINING.exec(header);
    const remaining = amount(text);
    if (found === null || remaining === null) return [];
    const [, common, anthropic] = found;
    const other = (what: 'limit' | 'reset'): string | undefined =>
      anthropic === undefined
        ? headers[`x-ratelimit-${what}${common === undefined ? '' : `-${common}`}`]
        : headers[`anthropic-ratelimit-${anthropic}-${what}`];
    const name = common ?? anthropic ?? 'requests';
    return [
      { name, limit: amount(other('limit')), remaining, resetsAt: moment(other('reset'), at), seenAt: at },
    ];
  });
}

function amount(text: string | undefined): number | null {
  const value = Number(text === undefined || text.trim() === '' ? NaN : text);
  return Number.isFinite(value) ? value : null;
}

/** Unix ms; null where it is missing, is none, or cannot be. */
function moment(text: string | undefined, at: number): number | null {
  const told = text === undefined ? null : toldMoment(text, at);
  return told === null || !(Math.abs(told - at) <= FURTHEST) ? null : Math.round(told);
}

/** A span, bare seconds (Azure), epoch milliseconds (OpenRouter) or seconds, or a date (Anthropic). */
function toldMoment(text: string, at: number): number | null {
  const span = parseSpan(text);
  if (span !== undefined) return at + span;
  const number = amount(text);
  if (number === null) return Date.parse(text);
  if (number >= EPOCH) return number;
  return number >= EPOCH / 1_000 ? number * 1_000 : at + number * 1_000;
}
