/** What a screen reader is told of an answer: one sentence when it is whole, and none of its words. */
import { computed, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { ConversationTurn } from '../../../contract/rpc/procedures/conversations.ts';
import { formatCount } from '../../shared/utils/format.ts';
import type { RunningAnswer } from './running-answer.ts';

/** @param model named where several answer; empty where one does */
export function useAnnouncement(
  last: () => ConversationTurn | undefined,
  running: () => RunningAnswer | null,
  model: () => string,
): Readonly<Ref<string>> {
  const { t, locale } = useI18n();
  const words = computed(() => {
    const turn = last();
    if (running() !== null || turn?.role !== 'assistant' || turn.figures === null) return '';
    const tokens = turn.figures.outputTokens;
    if (turn.figures.outcome !== 'ok') return t('playground.answerEnded');
    if (turn.calls.length > 0) return t('playground.tool.needed');
    return tokens === null
      ? t('playground.answerDone')
      : t('playground.answerDoneTokens', { count: formatCount(tokens, locale.value) }, tokens);
  });
  return computed(() =>
    words.value === '' || model() === ''
      ? words.value
      : t('playground.answered', { model: model(), words: words.value }),
  );
}
