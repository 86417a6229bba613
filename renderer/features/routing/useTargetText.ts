/** The state of a target in a word, and the reason in a sentence. */
import { useI18n } from 'vue-i18n';
import type { AliasTargetView } from '../../../contract/rpc/procedures/aliases.ts';
import { useFailed } from '../../shared/composables/useFailed.ts';
import { useReason } from '../../shared/composables/useReason.ts';

export interface TargetText {
  /** @param view undefined for a target that is not applied yet */
  readonly word: (view: AliasTargetView | undefined) => string;
  /** Empty for a target that is ready. */
  readonly sentence: (view: AliasTargetView | undefined) => string;
}

export function useTargetText(): TargetText {
  const { t } = useI18n();
  const failed = useFailed();
  const reason = useReason();
  return {
    word(view) {
      const state = view?.state ?? 'new';
      return t(`routing.states.${state}`);
    },
    sentence(view) {
      if (view === undefined) return t('routing.problems.new');
      if (view.problem === null) return '';
      const { because, model } = view;
      const provider = view.provider ?? '';
      if (because === null) return t(`routing.problems.${view.problem}`, { model, provider });
      return t('routing.problems.because', {
        provider,
        status: because.status ?? '',
        reason: reason(because.reason),
        words: failed(because),
      });
    },
  };
}
