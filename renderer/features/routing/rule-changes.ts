/** Changes to the list of rules, and how they are taken back. Pure; lists are never changed. */
import type { RuleView } from '../../../contract/rpc/procedures/routing.ts';
import type { AliasDraft } from './drafts.ts';
import { arrangedRule, newRule, rowOfRule, type RuleDraft, type RuleInput } from './rule-drafts.ts';

/** @returns the list with a copy of one right after it */
export function withCopy(
  rules: readonly RuleDraft[],
  key: string,
): { readonly list: readonly RuleDraft[]; readonly copy: string } {
  const { key: copy, was } = newRule(rules);
  const list = rules.flatMap((rule) => (rule.key === key ? [rule, { ...rule, key: copy, was }] : [rule]));
  return { list, copy };
}

/** A rule that was taken out stands again where it was, or at the end of what is left. */
export function putBack(
  rules: readonly RuleDraft[],
  before: readonly RuleDraft[],
  key: string,
): readonly RuleDraft[] {
  const place = before.findIndex((rule) => rule.key === key);
  const rule = before[place];
  if (rule === undefined || rules.some((other) => other.key === key)) return rules;
  return [...rules.slice(0, place), rule, ...rules.slice(place)];
}

/** True where nothing but their hits differs. */
export const sameRules = (left: readonly RuleView[], right: readonly RuleView[]): boolean =>
  JSON.stringify(left.map(({ rule }) => rule)) === JSON.stringify(right.map(({ rule }) => rule));

/** An alias under a new name is sent to by that name. */
export function followedName(
  rules: readonly RuleDraft[],
  { was, id, removed }: Pick<AliasDraft, 'was' | 'id' | 'removed'>,
): readonly RuleDraft[] {
  const name = id.trim();
  if (was === null || removed || was === name) return rules;
  return rules.map((rule) => (rule.target === was ? { ...rule, target: name } : rule));
}

/** The same of rules in force: the gateway has written it so. */
export function followedViews(
  views: readonly RuleView[],
  { was, id, removed }: Pick<AliasDraft, 'was' | 'id' | 'removed'>,
): readonly RuleView[] {
  if (was === null || removed) return views;
  const then = { model: id.trim() };
  return views.map((view) =>
    view.rule.then.model === was ? { ...view, rule: { ...view.rule, then } } : view,
  );
}

/** The same rules, numbered as they are once `applied` is in force. */
export const renumbered = (
  rules: readonly RuleDraft[],
  applied: readonly RuleDraft[],
): readonly RuleDraft[] =>
  rules.map((rule) => {
    const place = applied.findIndex(({ key }) => key === rule.key);
    return { ...rule, was: place === -1 ? null : place + 1 };
  });

/**
 * The rules as they were, each taken for the one it has become, so that only what changed is written.
 * @param applied those in force now, in their order
 */
export function rulesBack(before: readonly RuleView[], applied: readonly RuleDraft[]): RuleInput[] {
  return before.map((view) => {
    const now = applied.findIndex(({ was }) => was === view.number);
    return arrangedRule({ ...rowOfRule(view), was: now === -1 ? null : now + 1 });
  });
}
