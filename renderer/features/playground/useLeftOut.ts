/** What of a request has no place in a chat here, as one sentence in the language of the page. */
import { useI18n } from 'vue-i18n';
import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import { useTold } from '../../shared/composables/useTold.ts';

/** @returns a function from what was left out to a sentence; null where nothing was */
export function useLeftOut(): (leftOut: readonly Told[]) => string | null {
  const { t } = useI18n();
  const told = useTold();
  return (leftOut) => {
    if (leftOut.length === 0) return null;
    // Some are sentences; in a list none of them ends as one.
    const names = leftOut.map((one) => told(one).replace(/[.。]$/u, ''));
    const what = names.reduce((first, rest) => t('problems.told.listed', { first, rest }));
    return t('playground.leftOut', { what });
  };
}
