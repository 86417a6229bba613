/** Figures of models as text. */
import { NONE } from '../../shared/utils/format.ts';
import { momentFormat, numberFormat } from '../../shared/utils/intl.ts';

/** Tokens in little room, with three significant digits: `8.19k`, `131k`, `1.05M`; the same in every language. */
export function formatTokens(tokens: number | null): string {
  if (tokens === null) return NONE;
  const thousands = Number((tokens / 1_000).toPrecision(3));
  if (tokens < 1_000) return String(tokens);
  return thousands < 1_000 ? `${thousands}k` : `${Number((tokens / 1_000_000).toPrecision(3))}M`;
}

/** US dollars per million tokens: `15.00`, `0.125`, `0.0028`; zero is `0`. */
export function formatPrice(dollars: number | null, language: string): string {
  if (dollars === null) return NONE;
  if (dollars === 0) return '0';
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: dollars < 0.1 ? 4 : 3 };
  return numberFormat(language, digits).format(dollars);
}

/** A day: `29 Sep 2025`, the year in any case. @param day Unix ms, or `2025-09-29` */
export function formatDay(day: number | string, language: string): string {
  const moment = typeof day === 'string' ? Date.parse(`${day}T00:00:00Z`) : day;
  return momentFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(moment);
}

/** `98.8%`. @param share 0 to 1 */
export function formatShare(share: number, language: string): string {
  return numberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}
