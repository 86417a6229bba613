/** Why a request would be refused, for whoever tries one without sending it. */
import { useI18n } from 'vue-i18n';
import type { ExplainedError } from '../../../contract/rpc/procedures/routing.ts';
import { useReason } from './useReason.ts';
import { useTold } from './useTold.ts';

/** @returns a function to words of the page; where there are none but the code's, the sentence is quoted */
export function useExplainedError(): (error: ExplainedError) => string {
  const { t } = useI18n();
  const reason = useReason();
  const words = useTold();
  return ({ code, message, told }) =>
    told === undefined ? `${reason(code)} ${t('common.quote', { words: message })}` : words(told);
}
