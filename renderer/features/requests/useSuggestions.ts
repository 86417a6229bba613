/** Suggestions for the word that is being written: what the filter knows, and names that stand in the log. */
import { useDebounceFn } from '@vueuse/core';
import { computed, shallowRef, watch, type Ref } from 'vue';
import type { NamedValues } from '../../../contract/log/filter.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { namedSuggestion, offersFor, type Suggestion } from './query/suggest.ts';

/** ms */
const TYPING_PAUSE = 120;
/** Suggestions shown, at most. */
const MOST = 12;

/** @param word that is being written; null while nothing is to be suggested */
export function useSuggestions(word: Readonly<Ref<string | null>>): Readonly<Ref<readonly Suggestion[]>> {
  const rpc = useRpc();
  const names = shallowRef<NamedValues['values']>([]);
  const offers = computed(() => (word.value === null ? null : offersFor(word.value)));
  const question = computed(() => {
    const ask = offers.value?.ask;
    return ask === null || ask === undefined ? '' : `${ask.field} ${ask.part}`;
  });

  const read = useDebounceFn(async () => {
    const ask = offers.value?.ask;
    const asked = question.value;
    if (ask === null || ask === undefined) return;
    try {
      const { values } = await rpc.call('requests.values', { ...ask, limit: MOST });
      if (question.value === asked) names.value = values;
    } catch {
      // Without names one types on; the list tells when the log cannot be read.
      names.value = [];
    }
  }, TYPING_PAUSE);

  watch(question, (next, before) => {
    if (next.split(' ')[0] !== before.split(' ')[0]) names.value = [];
    if (next !== '') void read();
  });

  return computed(() => {
    if (offers.value === null || word.value === null) return [];
    const written = word.value;
    const found = offers.value.ask === null ? [] : names.value;
    return [
      ...offers.value.suggestions,
      ...found.map(({ name, requests }) => namedSuggestion(written, name, requests)),
    ]
      .filter((one) => one.word !== written)
      .slice(0, MOST);
  });
}
