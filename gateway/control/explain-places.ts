/** One place of a plan as it would fare right now: its keys, their health and their room. */
import type { ExplainedKey, ExplainedPlace } from '../../contract/rpc/procedures/routing.ts';
import { limitsOf } from '../pipeline/pick.ts';
import type { PlanGroup } from '../routing/plan.ts';
import { keysOf } from '../runtime.ts';
import { whyCooling } from './views.ts';
import type { ExplainPorts } from './explain.ts';

export function explainedPlace(group: PlanGroup, ports: ExplainPorts): ExplainedPlace {
  const keys = group.keys.map(({ id }) => explainedKey(group, id, ports));
  const usable = keys.some(({ state }) => state === 'ready' || state === 'to-be-probed');
  return { provider: group.provider, model: group.model, keys, usable };
}

function explainedKey(group: PlanGroup, id: string, ports: ExplainPorts): ExplainedKey {
  const { provider: providerId, model } = group;
  const provider = ports.dryRun.snapshot().providers.get(providerId);
  const key = provider?.keys.get(id);
  const configured = ports.config().providers.find((one) => one.id === providerId);
  const settings =
    configured === undefined
      ? undefined
      : keysOf(configured, ports.memoryKeys.all()).find((one) => one.id === id);
  const use = { provider: providerId, key: id, model };
  const phase = ports.health.phase(use);
  const cooling = ports.health.cooling(use);
  const common = { id, label: settings?.label ?? '', fingerprint: key?.fingerprint ?? null };
  if (phase === 'cooling' || phase === 'probing') {
    const because = cooling === undefined ? null : whyCooling(cooling);
    return { ...common, state: phase, wait: Math.ceil(ports.health.left(use)), because };
  }
  const room =
    provider === undefined || key === undefined
      ? { kind: 'free' as const }
      : ports.dryRun.slots.room(use, limitsOf(provider, key), group.need);
  if (room.kind === 'rate') return { ...common, state: 'rate', wait: Math.ceil(room.wait), because: null };
  if (room.kind !== 'free') return { ...common, state: room.kind, wait: 0, because: null };
  return { ...common, state: phase === 'half-open' ? 'to-be-probed' : 'ready', wait: 0, because: null };
}
