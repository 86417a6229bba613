/** Why a rule does nothing although it is on, in a sentence; null where it may do what it says. */
import { useI18n } from 'vue-i18n';
import type { RuleDraft } from './rule-drafts.ts';
import { useRouting } from './store.ts';

export function useRuleWarning(): (rule: RuleDraft) => string | null {
  const { t } = useI18n();
  const store = useRouting();
  return (rule) => {
    const place = store.shadowed.get(rule.key);
    if (place !== undefined) return t('routing.shadowedBy', { place });
    const problem = rule.enabled ? store.ruleProblem(rule) : null;
    if (problem === null) return null;
    const [provider = ''] = rule.target.split('/');
    const reason = t(`routing.problems.${problem}`, { provider, model: rule.target });
    return t('routing.leadsNowhere', { reason });
  };
}
