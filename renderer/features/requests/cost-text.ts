/** What a request cost, in the words of the list: free is 0, unknown is never a number. Pure. */
import type { RequestSummary } from '../../../contract/log/row.ts';
import { NONE } from '../../shared/utils/format.ts';
import { numberFormat } from '../../shared/utils/intl.ts';

/** Pico-dollars of a dollar. */
const PICO = 1e12;

export interface CostText {
  /** `none`: nothing was used, or it is not over yet. */
  readonly kind: 'none' | 'free' | 'unknown' | 'estimated' | 'exact';
  readonly text: string;
}

export function costText(
  row: Pick<RequestSummary, 'cost' | 'tokens' | 'tokensEstimated'>,
  language: string,
): CostText {
  if (row.cost === null) {
    return row.tokens === null ? { kind: 'none', text: NONE } : { kind: 'unknown', text: '?' };
  }
  if (row.cost === 0) return { kind: 'free', text: '0' };
  const text = dollarFigure(row.cost, language);
  return row.tokensEstimated ? { kind: 'estimated', text: `~${text}` } : { kind: 'exact', text };
}

/** US dollars without the sign, as exact as the list needs: `0.0786`, `1.23`, `<0.0001`. @param pico pico-dollars */
export function dollarFigure(pico: number, language: string): string {
  const dollars = pico / PICO;
  if (dollars < 0.000_05) return '<0.0001';
  const digits = dollars < 10 ? 4 : 2;
  return numberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(dollars);
}

/** US dollars to the millionth, or as far as the first two digits reach. @param pico pico-dollars */
export function exactDollars(pico: number, language: string): string {
  const dollars = pico / PICO;
  const small = dollars !== 0 && Math.abs(dollars) < 0.000_1;
  return `$${numberFormat(
    language,
    small ? { maximumSignificantDigits: 3 } : { minimumFractionDigits: 6, maximumFractionDigits: 6 },
  ).format(dollars)}`;
}

/** How far the provider's own figure is from the sum, as `+1.2 %`; null where one is missing or both agree. */
export function driftOf(
  cost: { readonly pico: number | null; readonly reported: number | null } | null,
): string | null {
  if (cost === null || cost.pico === null || cost.reported === null || cost.pico === 0) return null;
  const drift = ((cost.reported - cost.pico) / cost.pico) * 100;
  if (Math.abs(drift) < 0.05) return null;
  return `${drift > 0 ? '+' : '−'}${Math.abs(drift).toFixed(1)} %`;
}
