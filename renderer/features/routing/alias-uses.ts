/** Where an alias is named, and what share of requests a weighted target draws. Pure. */
import type { AliasRow } from './drafts.ts';
import type { RuleDraft } from './rule-drafts.ts';
import type { TargetDraft } from './targets.ts';

export interface AliasUses {
  /** Places of rules that send to it, from 1. */
  readonly rules: readonly number[];
  /** Aliases that have it as a target. */
  readonly aliases: readonly string[];
}

/** @param row by the name it has in force: changed names are followed when they are applied */
export function usesOf(row: AliasRow, rows: readonly AliasRow[], rules: readonly RuleDraft[]): AliasUses {
  const name = row.view?.id ?? row.draft.id.trim();
  return {
    rules: rules.flatMap(({ target }, index) => (target.trim() === name ? [index + 1] : [])),
    aliases: rows
      .filter(({ key, draft }) => key !== row.key && draft.targets.some(({ model }) => model === name))
      .map(({ draft }) => draft.id.trim()),
  };
}

/** Of 1; null where a weight is none. */
export function shareOfTarget(target: TargetDraft, targets: readonly TargetDraft[]): number | null {
  const weights = targets.map(weightOf);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const share = weightOf(target) / sum;
  return Number.isFinite(share) ? share : null;
}

const weightOf = ({ weight }: TargetDraft): number => (weight.trim() === '' ? 1 : Number(weight));

/**
 * Weights that give one target a share and leave the others as they are to each other; they add up to 100.
 * @param share of 1
 */
export function withShare(
  targets: readonly TargetDraft[],
  model: string,
  share: number,
): readonly TargetDraft[] {
  const others = targets.filter((target) => target.model !== model);
  const sum = others.reduce((total, target) => total + weightOf(target), 0);
  // A weight of 0 is none, and of one target alone there is nothing to choose.
  const part = Math.min(0.99, Math.max(0.01, share));
  if (others.length === 0 || !(sum > 0)) return targets;
  return targets.map((target) => {
    const weight = target.model === model ? part * 100 : ((1 - part) * 100 * weightOf(target)) / sum;
    return { ...target, weight: String(Math.max(0.01, Math.round(weight * 100) / 100)) };
  });
}
