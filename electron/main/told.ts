/** What the gateway tells as data, in the user's language, for notices and dialogs of the system. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { RpcFailure } from '../../contract/rpc/errors.ts';
import { toldWords, type FigureKind } from '../../contract/rpc/told-words.ts';
import { createTranslate, hasWords, type Language } from './words.ts';

/** A sentence for a person; what there are no words for stays in English. */
export function wordsOfTold(told: Told, language: Language): string {
  const t = createTranslate(language);
  return toldWords(told, {
    t,
    has: (key) => hasWords(language, key),
    figure: (kind, value) => FIGURES[kind](value, language),
  });
}

/** Why a call was refused. */
export function wordsOfFailure({ code, message, told }: RpcFailure, language: Language): string {
  if (told !== undefined) return wordsOfTold(told, language);
  return createTranslate(language)(`refusals.by.${code}`, { words: message });
}

const FIGURES: Readonly<Record<FigureKind, (value: number, language: Language) => string>> = {
  Dollars: (value, language) =>
    new Intl.NumberFormat(language, {
      style: 'currency',
      currency: 'USD',
      currencyDisplay: 'narrowSymbol',
    }).format(value),
  Count: (value, language) => value.toLocaleString(language),
  Share: (value, language) => value.toLocaleString(language, { style: 'percent', maximumFractionDigits: 1 }),
  Time: timeText,
};

/** `800 ms`, `2.5 s`, `5 min` */
function timeText(milliseconds: number, language: Language): string {
  const [size, unit] =
    milliseconds >= 60_000 ? [60_000, 'min'] : milliseconds >= 1_000 ? [1_000, 's'] : [1, 'ms'];
  return `${(milliseconds / size).toLocaleString(language, { maximumFractionDigits: 1 })} ${unit}`;
}
