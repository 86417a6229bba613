/** What went wrong with a call, in words for the screen. */
import { useI18n } from 'vue-i18n';
import { Unreachable } from '../rpc/http-answer.ts';

/**
 * @returns a function from an error to a sentence. The gateway's own sentences are passed on as they are;
 * silence gets ours.
 */
export function useFailureText(): (error: unknown) => string {
  const { t } = useI18n();
  return (error) => {
    if (error instanceof Unreachable) return t('common.unreachable');
    return error instanceof Error ? error.message : String(error);
  };
}
