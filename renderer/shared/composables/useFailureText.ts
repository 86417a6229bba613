/** What went wrong with a call, in words for the screen. */
import { useI18n } from 'vue-i18n';
import { RpcError } from '../../../contract/rpc/errors.ts';
import type { ToldBlock } from '../../../contract/rpc/told-words.ts';
import { Unreachable } from '../rpc/http-answer.ts';
import { useTold, useToldBlocks } from './useTold.ts';

/**
 * @returns a function from an error to a sentence. The gateway's own sentences come in the language of the page
 * where they are data; others are passed on as they are, under what kind of refusal it is where the page is not in
 * English; silence gets ours.
 */
export function useFailureText(): (error: unknown) => string {
  const { t } = useI18n();
  const words = useTold();
  return (error) => {
    if (error instanceof Unreachable) return t('common.unreachable');
    if (error instanceof RpcError && error.told !== undefined) return words(error.told);
    if (error instanceof RpcError) return t(`refusals.by.${error.code}`, { words: error.message });
    return error instanceof Error ? error.message : String(error);
  };
}

/** @returns the same in paragraphs and lists, for where there is room */
export function useFailureBlocks(): (error: unknown) => readonly ToldBlock[] {
  const text = useFailureText();
  const blocks = useToldBlocks();
  return (error) =>
    error instanceof RpcError && error.told !== undefined ? blocks(error.told) : [text(error)];
}
