/** Why a request was not answered, in the language of the page. */
import { useI18n } from 'vue-i18n';
import type { ChatError } from '../../../contract/rpc/procedures/playground.ts';
import { useTold } from './useTold.ts';

/** @returns a function to a sentence: the gateway's own worded here, an upstream's as a quotation; empty for none */
export function useFailed(): (error: Pick<ChatError, 'message' | 'told'>) => string {
  const { t } = useI18n();
  const words = useTold();
  return ({ message, told }) => {
    if (told !== undefined) return words(told);
    return message === '' ? '' : t('common.quote', { words: message });
  };
}
