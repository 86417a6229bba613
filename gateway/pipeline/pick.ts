/** Which key of a group comes next: healthy, not yet tried, with room. Decides nothing by itself; asks and answers. */
import type { NamedKey } from '../../contract/log/key-name.ts';
import type { Cooling } from '../routing/cooldown.ts';
import type { PlanGroup } from '../routing/plan.ts';
import type { SlotLimits, SlotPlace } from '../routing/slots.ts';
import type { Ledger } from './ledger.ts';
import type { PipelinePorts } from './ports.ts';
import type { RuntimeKey, RuntimeProvider } from '../core/runtime-provider.ts';

export type Pick =
  | {
      readonly kind: 'key';
      readonly key: RuntimeKey;
      readonly place: SlotPlace;
    }
  /** Keys are fit, but every one has as many requests as it may, under way or in this minute. */
  | {
      readonly kind: 'full';
      /** ms until one of them may have room at the earliest; 0 where nobody knows */
      readonly soonest: number;
    }
  /** Nothing left to try here. */
  | { readonly kind: 'none' };

/** Keys of the group that could be used now, room aside. */
export function fitKeys(
  group: PlanGroup,
  provider: RuntimeProvider,
  ledger: Ledger,
  ports: PipelinePorts,
): readonly RuntimeKey[] {
  return group.keys.flatMap(({ id }) => fitKey(id, group, provider, ledger, ports) ?? []);
}

/** True when one of them could be. @param except a key that does not count */
export function hasFitKey(
  group: PlanGroup,
  provider: RuntimeProvider,
  ledger: Ledger,
  ports: PipelinePorts,
  except?: string,
): boolean {
  return group.keys.some(
    ({ id }) => id !== except && fitKey(id, group, provider, ledger, ports) !== undefined,
  );
}

function fitKey(
  id: string,
  group: PlanGroup,
  provider: RuntimeProvider,
  ledger: Ledger,
  ports: PipelinePorts,
): RuntimeKey | undefined {
  const key = provider.keys.get(id);
  if (key === undefined || ledger.hasTried(group.provider, group.model, id)) return undefined;
  if (ledger.foundUnreached(group.provider)) return undefined;
  const use = { provider: group.provider, key: id, model: group.model };
  const phase = ports.health.phase(use);
  if (phase === 'none' || phase === 'half-open') return key;
  return ledger.lastResort && ports.health.mayAsLastResort(use) ? key : undefined;
}

export function pickKey(
  group: PlanGroup,
  provider: RuntimeProvider,
  ledger: Ledger,
  ports: PipelinePorts,
): Pick {
  const { first } = group;
  const atOnce = first === undefined ? 'unfit' : tryKey(first.id, group, provider, ledger, ports);
  if (typeof atOnce !== 'string') return atOnce;
  let crowds = atOnce === 'full';
  for (const other of group.keys) {
    const next = other === first ? 'unfit' : tryKey(other.id, group, provider, ledger, ports);
    if (typeof next !== 'string') return next;
    crowds ||= next === 'full';
  }
  if (!crowds) return { kind: 'none' };
  const crowded = crowdedKeys(group, provider, ledger, ports);
  return { kind: 'full', soonest: Math.min(Infinity, ...crowded.map(({ soonest }) => soonest)) };
}

function tryKey(
  id: string,
  group: PlanGroup,
  provider: RuntimeProvider,
  ledger: Ledger,
  ports: PipelinePorts,
): Pick | 'unfit' | 'full' {
  const key = fitKey(id, group, provider, ledger, ports);
  if (key === undefined) return 'unfit';
  const use = { provider: provider.id, key: id, model: group.model };
  const place = ports.slots.take(use, limitsOf(provider, key), group.need);
  return place === undefined ? 'full' : { kind: 'key', key, place };
}

export function limitsOf(provider: RuntimeProvider, key: RuntimeKey): SlotLimits {
  const { maxConcurrency, rpm, tpm } = key;
  return { provider: provider.maxConcurrency, key: maxConcurrency, rpm, tpm };
}

/** True when the group has an untried key that is asked where nothing else is left. */
export function hasLastResort(
  group: PlanGroup,
  provider: RuntimeProvider,
  ledger: Ledger,
  ports: PipelinePorts,
): boolean {
  if (ledger.foundUnreached(provider.id) || ledger.leftTarget(group.provider, group.model)) return false;
  return group.keys.some(
    ({ id }) =>
      provider.keys.has(id) &&
      !ledger.hasTried(group.provider, group.model, id) &&
      ports.health.mayAsLastResort({ provider: group.provider, key: id, model: group.model }),
  );
}

/** A key that is left out because it cools, with the time it still needs. */
export interface CoolingPick extends NamedKey {
  readonly cooling: Cooling;
  /** ms */
  readonly left: number;
}

/** The untried keys of the group that cool, or whose one probe is under way. */
export function coolingKeys(
  group: PlanGroup,
  provider: RuntimeProvider,
  ledger: Ledger,
  ports: PipelinePorts,
): readonly CoolingPick[] {
  if (ledger.foundUnreached(group.provider)) return [];
  return group.keys.flatMap(({ id }) => {
    if (ledger.hasTried(group.provider, group.model, id)) return [];
    const use = { provider: group.provider, key: id, model: group.model };
    const cooling = ports.health.cooling(use);
    if (cooling === undefined) return [];
    return [{ ...named(provider, id), cooling, left: ports.health.left(use) }];
  });
}

/** A key that is fit, and has as many requests as it may. */
export interface CrowdedPick extends NamedKey {
  readonly reason: 'max_concurrency' | 'limit_per_minute';
  /** ms as things stand; 0 where nobody knows. */
  readonly left: number;
  /** ms at the earliest. */
  readonly soonest: number;
}

/** The untried, healthy keys of the group without room. */
export function crowdedKeys(
  group: PlanGroup,
  provider: RuntimeProvider,
  ledger: Ledger,
  ports: PipelinePorts,
): readonly CrowdedPick[] {
  return fitKeys(group, provider, ledger, ports).flatMap((key): readonly CrowdedPick[] => {
    const use = { provider: provider.id, key: key.id, model: group.model };
    const crowding = ports.slots.room(use, limitsOf(provider, key), group.need);
    if (crowding.kind === 'free') return [];
    const name = named(provider, key.id);
    if (crowding.kind !== 'rate') return [{ ...name, reason: 'max_concurrency', left: 0, soonest: 0 }];
    return [{ ...name, reason: 'limit_per_minute', left: crowding.wait, soonest: crowding.soonest }];
  });
}

const named = (provider: RuntimeProvider, id: string): NamedKey => ({
  provider: provider.id,
  keyFingerprint: provider.keys.get(id)?.fingerprint ?? null,
});
