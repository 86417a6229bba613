/** Names of dimensions as people know them: providers by their name, keys by their label. */
import { useI18n } from 'vue-i18n';
import type { Dimension } from '../../../contract/log/statistics.ts';
import { useProviderStates } from '../../shared/composables/useProviderStates.ts';
import { splitKey } from './filter.ts';

/** @returns a function from a name of the statistics to its words; null stands for all others */
export function useNames(): (dimension: Dimension, name: string | null) => string {
  const { t } = useI18n();
  const states = useProviderStates();
  return (dimension, name) => {
    if (name === null) return t('overview.others');
    if (name === '') return t(`overview.unnamed.${dimension}`);
    if (dimension === 'provider') return states.providers?.find(({ id }) => id === name)?.name ?? name;
    if (dimension !== 'key') return name;
    const { provider, id } = splitKey(name);
    const found = states.providers?.find((one) => one.id === provider);
    const key = found?.keys.find((one) => one.id === id);
    if (found === undefined || key === undefined) return name;
    return t('overview.keyName', {
      provider: found.name,
      key: key.label,
      fingerprint: key.fingerprint,
    });
  };
}
