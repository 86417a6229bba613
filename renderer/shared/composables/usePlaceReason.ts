/** Why a target of an alias stands where it does, in the page's language. */
import { useI18n } from 'vue-i18n';
import { formatDuration } from '../utils/format.ts';

/** A reason that is not known here, such as a newer version's in a file of requests, stays as it was written. */
export function usePlaceReason(): (because: string, figure: number | null) => string {
  const words = useI18n();
  const { t, locale } = words;

  /** ms, US dollars or a score, as the reason has it. */
  function figureOf(because: string, figure: number): string {
    if (because === 'measured') return formatDuration(figure, locale.value);
    const digits = because === 'price' ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 2 };
    const currency = because === 'price' ? ({ style: 'currency', currency: 'USD' } as const) : {};
    return new Intl.NumberFormat(locale.value, { ...currency, ...digits }).format(figure);
  }

  return (because, figure) => {
    const told = figure === null ? '' : figureOf(because, figure);
    const key = `routing.placeReasons.${because}`;
    if (words.te(key)) return t(key, { figure: told });
    return told === '' ? because : `${because}, ${told}`;
  };
}
