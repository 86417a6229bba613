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
/** A number above this is a moment in epoch ms, below it a count of seconds. */
const EPOCH = 1_000_000_000_000;

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

/** A span, bare seconds (Azure), epoch milliseconds (OpenRouter) or a date (Anthropic). */
function moment(text: string | undefined, at: number): number | null {
  if (text === undefined) return null;
  const span = parseSpan(text);
  if (span !== undefined) return Math.round(at + span);
  const number = amount(text);
  if (number !== null) return number >= EPOCH ? number : at + number * 1_000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : date;
}
