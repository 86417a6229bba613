/** What became of a rule in a dry run, in a sentence and a state. */
import { useI18n } from 'vue-i18n';
import type { ExplainedRule } from '../../../contract/rpc/procedures/routing.ts';
import type { StateKind } from '../../shared/ui/state-kind.ts';

const KINDS: Readonly<Record<ExplainedRule['verdict'], StateKind>> = {
  applies: 'ok',
  off: 'off',
  'condition-fails': 'off',
  'leads-nowhere': 'warning',
  'not-reached': 'off',
};

export interface Verdict {
  readonly kind: (rule: ExplainedRule) => StateKind;
  readonly sentence: (rule: ExplainedRule) => string;
  readonly name: (rule: ExplainedRule) => string;
}

export function useVerdict(): Verdict {
  const { t } = useI18n();
  return {
    kind: ({ verdict }) => KINDS[verdict],
    sentence({ verdict, condition, model }) {
      const named = condition === null ? '' : t(`routing.conditions.${condition}`);
      return t(`routing.verdicts.${verdict}`, { condition: named, model });
    },
    name: ({ number, name }) =>
      name === null ? t('routing.ruleNumber', { number }) : t('routing.ruleNamed', { number, name }),
  };
}
