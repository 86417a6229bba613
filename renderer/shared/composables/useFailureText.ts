/** What went wrong with a call, in words for the screen. */
import { useI18n } from 'vue-i18n';
import { RpcError } from '../../../contract/rpc/errors.ts';
import { Unreachable } from '../rpc/http-answer.ts';
import { useTold } from './useTold.ts';

/**
 * @returns a function from an error to a sentence. The gateway's own sentences are passed on as they are, in the
 * language of the page where they come as data; silence gets ours.
 */
export function useFailureText(): (error: unknown) => string {
  const { t } = useI18n();
  const words = useTold();
  return (error) => {
    if (error instanceof Unreachable) return t('common.unreachable');
    if (error instanceof RpcError && error.told !== undefined) return words(error.told);
    return error instanceof Error ? error.message : String(error);
  };
}
