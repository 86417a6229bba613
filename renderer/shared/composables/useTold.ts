/** What the gateway has to say about connecting tools, and why it refuses a call, in the language of the page. */
import { useI18n } from 'vue-i18n';
import type { Told } from '../../../contract/rpc/connect-sayings.ts';

/** @returns a function from a saying to a sentence; what the page has no words for stays in English */
export function useTold(): (told: Told) => string {
  const i18n = useI18n();
  const { t } = i18n;
  return function words({ code, values, text, reason }: Told): string {
    if (i18n.te(`refusals.faults.${code}`)) return t(`refusals.faults.${code}`, values);
    if (i18n.te(`refusals.told.${code}`)) {
      const said = reason === undefined ? values : { ...values, words: words(reason) };
      return t(`refusals.told.${code}`, said);
    }
    if (!i18n.te(`connect.told.${code}`)) return text;
    const shown = Object.fromEntries(
      // The slot of a model is a word of the page.
      Object.entries(values).map(([name, value]) =>
        name === 'slot' && i18n.te(`connect.slots.${value}`)
          ? [name, t(`connect.slots.${value}`)]
          : [name, value],
      ),
    );
    return t(`connect.told.${code}`, { ...shown, reason: reason === undefined ? '' : words(reason) });
  };
}
