/** A target of an alias while it is edited: its figures as they are typed. Pure. */
import type { AliasStrategy, ComplexityLevel, TargetConfig } from '../../../contract/config/routing.ts';
import type { AliasTargetView } from '../../../contract/rpc/procedures/aliases.ts';

/** What complexity a target is for: any, one of the levels, or a range in figures. */
export type TargetRange = 'any' | ComplexityLevel | 'own';
export const TARGET_RANGES: readonly TargetRange[] = ['any', 'low', 'medium', 'high', 'own'];

export interface TargetDraft {
  readonly model: string;
  /** Empty: 1. */
  readonly weight: string;
  readonly range: TargetRange;
  /** Ends of a range of its own, from 0 to 1; empty: 0 and 1. */
  readonly from: string;
  readonly to: string;
}

export function newTarget(model: string): TargetDraft {
  return { model, weight: '', range: 'any', from: '', to: '' };
}

export function targetDraft({ model, weight, level, from, to }: TargetConfig): TargetDraft {
  const own = from !== undefined || to !== undefined;
  return {
    model,
    weight: weight === undefined ? '' : String(weight),
    range: own ? 'own' : (level ?? 'any'),
    from: from === undefined ? '' : String(from),
    to: to === undefined ? '' : String(to),
  };
}

/** As the configuration has it. */
export function targetSeen({ model, weight, level, from, to }: AliasTargetView): TargetConfig {
  return {
    model,
    ...(weight === undefined ? {} : { weight }),
    ...(level === undefined ? {} : { level }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

/** As the configuration has it; only a draft without a fault. */
export function targetOf({ model, weight, range, from, to }: TargetDraft): TargetConfig {
  const own = range === 'own';
  return {
    model,
    ...(weight.trim() === '' ? {} : { weight: Number(weight) }),
    ...(range === 'any' || own ? {} : { level: range }),
    ...(own && from.trim() !== '' ? { from: Number(from) } : {}),
    ...(own && to.trim() !== '' ? { to: Number(to) } : {}),
  };
}

export const sameTarget = (left: TargetDraft, right: TargetDraft): boolean =>
  JSON.stringify(targetOf(left)) === JSON.stringify(targetOf(right));

/** Why a target cannot be applied; names its message, in `routing.faults`. */
export type TargetFault = 'weight_form' | 'range_form' | 'range_order';

/** @returns the fault of what its strategy looks at; what it does not look at is judged too, for it is kept */
export function targetFault({ weight, range, from, to }: TargetDraft): TargetFault | null {
  if (!within(weight, (figure) => figure > 0 && figure <= 1_000)) return 'weight_form';
  if (range !== 'own') return null;
  const share = (figure: number): boolean => figure >= 0 && figure <= 1;
  if (!within(from, share) || !within(to, share)) return 'range_form';
  return Number(from) < (to.trim() === '' ? 1 : Number(to)) ? null : 'range_order';
}

/** Nothing typed is fine. */
const within = (text: string, fits: (figure: number) => boolean): boolean =>
  text.trim() === '' || fits(Number(text));

/** What a strategy looks at in its targets, in a few words beside each: a share, or a range. */
export function targetNote(strategy: AliasStrategy, target: TargetDraft): string {
  if (strategy === 'weighted') return `× ${target.weight.trim() === '' ? '1' : target.weight}`;
  if (strategy !== 'complexity' || target.range !== 'own') return '';
  return `${target.from.trim() === '' ? '0' : target.from}–${target.to.trim() === '' ? '1' : target.to}`;
}
