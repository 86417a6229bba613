/** What the gateway has to say of itself and of connecting tools, and why it refuses a call, in the language of the page. */
import { useI18n } from 'vue-i18n';
import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import { subjectOf } from '../utils/budget-words.ts';
import { formatCount, formatDollars, formatDuration, formatTick } from '../utils/format.ts';
import { numberFormat } from '../utils/intl.ts';

/** Where the words of codes are. */
const GROUPS = ['refusals.faults', 'refusals.told', 'problems.told', 'connect.told'] as const;

/** @returns a function from a saying to a sentence; what the page has no words for stays in English */
export function useTold(): (told: Told) => string {
  const i18n = useI18n();
  const { t } = i18n;

  /** The end of a value's name tells what it is a figure of. */
  function shown(name: string, value: string | number): string | number {
    const language = i18n.locale.value;
    if (name === 'slot') return i18n.te(`connect.slots.${value}`) ? t(`connect.slots.${value}`) : value;
    if (name === 'per') return t(`problems.periods.${value}`);
    if (name === 'scope' && typeof value === 'string') {
      const { kind, id } = subjectOf(value);
      return t(`problems.budgetScopes.${kind}`, { id });
    }
    if (typeof value !== 'number') return value;
    if (name.endsWith('Dollars')) return formatDollars(value, language);
    // Whole minutes, as rules have them, are no clock.
    if (name.endsWith('Time')) return (value % 60_000 === 0 ? formatTick : formatDuration)(value, language);
    if (name.endsWith('Count')) return formatCount(value, language);
    if (!name.endsWith('Share')) return value;
    return numberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(value);
  }

  return function words({ code, values, text, reason, parts }: Told): string {
    const group = GROUPS.find((name) => i18n.te(`${name}.${code}`));
    if (group === undefined) return text;
    if (parts !== undefined) {
      return parts.map(words).reduce((first, rest) => t(`problems.told.${code}`, { first, rest }));
    }
    const figures = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, shown(name, value)]),
    );
    const why = reason === undefined ? {} : { words: words(reason), reason: words(reason) };
    const said = t(`${group}.${code}`, {
      ...(group === 'connect.told' ? { reason: '' } : {}),
      ...figures,
      ...why,
    });
    // What stands at the end of a sentence may have its own mark.
    return said.replace(/(?<=[?!？！。.])[.。](?=$|\s|[)）])/u, '');
  };
}
