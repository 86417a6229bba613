/** What the gateway has to say of itself and of connecting tools, and why it refuses a call, in the language of the page. */
import { useI18n } from 'vue-i18n';
import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import {
  toldBlocks,
  toldWords,
  type FigureKind,
  type Language,
  type ToldBlock,
} from '../../../contract/rpc/told-words.ts';
import { formatCount, formatDollars, formatDuration, formatTick } from '../utils/format.ts';
import { numberFormat } from '../utils/intl.ts';

/** @returns a function from a saying to a sentence; what the page has no words for stays in English */
export function useTold(): (told: Told) => string {
  const language = useLanguage();
  return (told) => toldWords(told, language);
}

/** @returns a function from a saying to paragraphs and lists, for where there is room */
export function useToldBlocks(): (told: Told) => readonly ToldBlock[] {
  const language = useLanguage();
  return (told) => toldBlocks(told, language);
}

function useLanguage(): Language {
  const i18n = useI18n();
  const { t } = i18n;
  const figure = (kind: FigureKind, value: number): string => FORMATS[kind](value, i18n.locale.value);
  return { t: (key, values) => t(key, values), has: (key) => i18n.te(key), figure };
}

const FORMATS: Readonly<Record<FigureKind, (value: number, language: string) => string>> = {
  Dollars: formatDollars,
  Count: formatCount,
  // Whole minutes, as rules have them, are no clock.
  Time: (value, language) => (value % 60_000 === 0 ? formatTick : formatDuration)(value, language),
  Share: (value, language) =>
    numberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(value),
};
