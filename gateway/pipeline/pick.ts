/** Which key of a group comes next: healthy, not yet tried, with room. Decides nothing by itself; asks and answers. */
import type { Cooling } from '../routing/cooldown.ts';
import type { PlanGroup } from '../routing/plan.ts';
import type { SlotLimits } from '../routing/slots.ts';
import type { Ledger } from './ledger.ts';
import type { PipelinePorts } from './ports.ts';
import type { RuntimeKey, RuntimeProvider } from '../core/runtime-provider.ts';

export type Pick =
  | {
      readonly kind: 'key';
      readonly key: RuntimeKey;
      readonly release: () => void;
      /** Keys of the group that could be used now, this one among them; those behind it count as one at most. */
      readonly fit: number;
    }
  /** Keys are fit, but every one has as many requests as it may, under way or in this minute. */
  | { readonly kind: 'full' }
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

function fitKey(
  id: string,
  group: PlanGroup,
  provider: RuntimeProvider,
  ledger: Ledger,
  ports: PipelinePorts,
): RuntimeKey | undefined {
  const key = provider.keys.get(id);
  if (key === undefined || ledger.hasTried(group.provider, group.model, id)) return undefined;
  const phase = ports.health.phase({ provider: group.provider, key: id, model: group.model });
  return phase === 'none' || phase === 'half-open' ? key : undefined;
}

export function pickKey(
  group: PlanGroup,
  provider: RuntimeProvider,
  ledger: Ledger,
  ports: PipelinePorts,
): Pick {
  let fit = 0;
  for (const [index, { id }] of group.keys.entries()) {
    const key = fitKey(id, group, provider, ledger, ports);
    if (key === undefined) continue;
    fit += 1;
    const release = ports.slots.take(provider.id, key.id, limitsOf(provider, key), group.tokens);
    if (release === undefined) continue;
    // One more is as good as all: pools of a hundred keys are not looked through for each request.
    const another = group.keys
      .slice(index + 1)
      .some((next) => fitKey(next.id, group, provider, ledger, ports) !== undefined);
    return { kind: 'key', key, release, fit: fit + Number(another) };
  }
  return { kind: fit === 0 ? 'none' : 'full' };
}

export function limitsOf(provider: RuntimeProvider, key: RuntimeKey): SlotLimits {
  const { maxConcurrency, rpm, tpm } = key;
  return { provider: provider.maxConcurrency, key: maxConcurrency, rpm, tpm };
}

/** A key that is left out because it cools, with the time it still needs. */
export interface CoolingPick {
  readonly name: string;
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
  return group.keys.flatMap(({ id }) => {
    if (ledger.hasTried(group.provider, group.model, id)) return [];
    const use = { provider: group.provider, key: id, model: group.model };
    const cooling = ports.health.cooling(use);
    if (cooling === undefined) return [];
    const fingerprint = provider.keys.get(id)?.fingerprint;
    const name =
      fingerprint === null || fingerprint === undefined ? provider.id : `${provider.id} key ${fingerprint}`;
    return [{ name, cooling, left: ports.health.left(use) }];
  });
}
