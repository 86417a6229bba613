/** Sums of money of which a part is not known. */
import { useI18n } from 'vue-i18n';
import type { Figures } from '../../../contract/log/statistics.ts';

/** @returns a function that says of a sum that it is at least so much, where requests without a price are in it */
export function useAtLeast(): (sum: string, figures: Pick<Figures, 'cost' | 'unpriced'>) => string {
  const { t } = useI18n();
  return (sum, { cost, unpriced }) => (cost > 0 && unpriced > 0 ? t('overview.atLeast', { sum }) : sum);
}
