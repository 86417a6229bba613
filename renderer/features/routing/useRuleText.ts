/** The conditions of a rule in words. */
import { useI18n } from 'vue-i18n';
import type { Day, RuleDraft, Wanted } from './rule-drafts.ts';
import { WEEK } from './rule-drafts.ts';

export interface ConditionText {
  readonly field: string;
  readonly operator: string;
  /** Empty where the operator says it all. */
  readonly value: string;
}

export interface RuleText {
  /** Empty where the rule takes every request. */
  readonly conditions: (rule: RuleDraft) => readonly ConditionText[];
  readonly day: (day: Day) => string;
}

/** A Monday, Unix ms; at noon, so that it is one in every time zone of the reader but the farthest. */
const MONDAY = Date.UTC(2024, 0, 1, 12);
const A_DAY = 86_400_000;

export function useRuleText(): RuleText {
  const { t, locale } = useI18n();
  const day = (name: Day): string =>
    new Intl.DateTimeFormat(locale.value, { weekday: 'short', timeZone: 'UTC' }).format(
      MONDAY + WEEK.indexOf(name) * A_DAY,
    );
  const line = (field: string, operator: string, value: string): readonly ConditionText[] =>
    value.trim() === '' ? [] : [{ field, operator, value: value.trim() }];
  /** `*` stands for anything, so such a text is only like it. */
  const named = (field: string, value: string): readonly ConditionText[] =>
    line(field, value.includes('*') ? t('routing.operators.like') : t('routing.operators.is'), value);
  const whether = (field: string, wanted: Wanted): readonly ConditionText[] =>
    wanted === 'any' ? [] : [{ field, operator: t(`routing.wanted.${wanted}`), value: '' }];

  function time({ from, to, days }: RuleDraft): readonly ConditionText[] {
    const hours = from.trim() === '' && to.trim() === '' ? '' : `${from || '00:00'}–${to || '00:00'}`;
    const names = WEEK.filter((name) => days.includes(name)).map(day);
    return line(t('routing.conditions.time'), t('routing.operators.in'), [hours, ...names].join(' '));
  }

  return {
    day,
    conditions: (rule) => [
      ...named(t('routing.conditions.model'), rule.model),
      ...named(t('routing.conditions.client'), rule.client),
      ...rule.headers.flatMap(({ name, value }) =>
        named(name.trim() || t('routing.conditions.header'), value),
      ),
      ...line(t('routing.conditions.size'), '≥', rule.over),
      ...line(t('routing.conditions.size'), '<', rule.under),
      ...time(rule),
      ...whether(t('routing.conditions.tools'), rule.tools),
      ...whether(t('routing.conditions.images'), rule.images),
    ],
  };
}
