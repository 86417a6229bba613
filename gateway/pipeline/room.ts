/** Room and rest: what a request with nowhere to go right now may wait for, and how long. */
import type { Journey } from './failover.ts';
import { coolingKeys, crowdedKeys, fitKeys, limitsOf, type CoolingPick, type CrowdedPick } from './pick.ts';
import type { PipelinePorts } from './ports.ts';
import type { RuntimeKey, RuntimeProvider } from '../core/runtime-provider.ts';
import type { PlanGroup } from '../routing/plan.ts';
import type { SlotPlace } from '../routing/slots.ts';
import { waitFor, type WaitEnd } from './wait.ts';

/** ms that this request may still wait for room. */
export const queueLeft = ({ queuedFor }: Journey, { limits }: PipelinePorts): number =>
  Math.max(0, limits.queue - queuedFor);

/** Whoever waits already is woken in vain now and then, and waits on. */
export const queueIsFull = (
  provider: string,
  { queuedFor }: Journey,
  { limits, slots }: PipelinePorts,
): boolean => queuedFor === 0 && slots.waiting(provider) >= limits.queued;

/** Keys that lack nothing but room, of all places. */
export function allCrowded(journey: Journey, ports: PipelinePorts): readonly CrowdedPick[] {
  return journey.groups.flatMap((group) => {
    const provider = journey.snapshot.providers.get(group.provider);
    return provider === undefined ? [] : crowdedKeys(group, provider, journey.ledger, ports);
  });
}

export function roomSoon(journey: Journey, ports: PipelinePorts): boolean {
  const left = queueLeft(journey, ports);
  return left > 0 && allCrowded(journey, ports).some(({ soonest }) => soonest <= left);
}

/** A key can be asked by now: it came free just after its turn, and nobody would tell whoever waited for it. */
export function freedMeanwhile(journey: Journey, ports: PipelinePorts): boolean {
  // A place that cannot be asked has keys with room for ever.
  if (journey.refused !== null) return false;
  return journey.groups.some((group) => {
    const provider = journey.snapshot.providers.get(group.provider);
    if (provider === undefined) return false;
    return fitKeys(group, provider, journey.ledger, ports).some((key) => {
      const use = { provider: provider.id, key: key.id, model: group.model };
      return ports.slots.room(use, limitsOf(provider, key), group.need).kind === 'free';
    });
  });
}

/** `none`: not in time, or another key is free at once. */
export type RoomAgain = 'free' | 'none' | 'interrupted';

/** Waits as any request does until `key`, which holds `place`, may be asked once more. */
export async function roomAgain(
  group: PlanGroup,
  provider: RuntimeProvider,
  key: RuntimeKey,
  place: SlotPlace,
  journey: Journey,
  ports: PipelinePorts,
): Promise<RoomAgain> {
  for (;;) {
    const { wait, soonest } = place.untilAgain();
    if (wait === 0) return 'free';
    if (soonest > queueLeft(journey, ports) || roomBeside(group, provider, key, journey, ports))
      return 'none';
    const end = await waitForRoom(provider.id, journey, ports);
    if (end !== 'woken') return end === 'timeout' ? 'none' : 'interrupted';
  }
}

function roomBeside(
  group: PlanGroup,
  provider: RuntimeProvider,
  key: RuntimeKey,
  { ledger }: Journey,
  ports: PipelinePorts,
): boolean {
  return fitKeys(group, provider, ledger, ports).some(
    (other) =>
      other.id !== key.id &&
      ports.slots.room(
        { provider: provider.id, key: other.id, model: group.model },
        // The place it holds there is given back before.
        { ...limitsOf(provider, other), provider: 0 },
        group.need,
      ).kind === 'free',
  );
}

/** @param provider null: any of the plan */
export async function waitForRoom(
  provider: string | null,
  journey: Journey,
  ports: PipelinePorts,
): Promise<WaitEnd> {
  const { clock, slots } = ports;
  const began = clock.monotonic();
  const places = new Set(provider === null ? journey.groups.map((group) => group.provider) : [provider]);
  const end = await waitFor(clock, journey.relay, journey.stop, queueLeft(journey, ports), (wake) => {
    const cancels = [...places].map((place) => slots.onFree(place, wake));
    return () => {
      for (const cancel of cancels) cancel();
    };
  });
  journey.queuedFor += clock.monotonic() - began;
  return end;
}

/** All keys cool: the soonest may be close enough to wait for. @param most ms */
export async function waitForSoonest(most: number, journey: Journey, ports: PipelinePorts): Promise<WaitEnd> {
  const cooling = allCooling(journey, ports);
  const soonest = Math.min(...cooling.map(({ left }) => left));
  if (cooling.length === 0 || soonest > most || most <= 0) return 'timeout';
  const began = ports.clock.monotonic();
  const end = await waitFor(ports.clock, journey.relay, journey.stop, most, (wake) =>
    // A probe under way has no time left of its own: look again shortly. A timer cuts fractions of a ms off, and
    // a key looked at too early is still cooling.
    ports.clock.after(Math.ceil(Math.max(soonest, 50)) + 1, wake),
  );
  journey.queuedFor += ports.clock.monotonic() - began;
  return end;
}

export function allCooling(journey: Journey, ports: PipelinePorts): readonly CoolingPick[] {
  return journey.groups.flatMap((group) => {
    const provider = journey.snapshot.providers.get(group.provider);
    return provider === undefined ? [] : coolingKeys(group, provider, journey.ledger, ports);
  });
}

/** For the log row, where others were tried and these were not. */
export const notTried = (crowded: readonly CrowdedPick[]): string =>
  `Not tried, for want of room: ${crowded
    .slice(0, 5)
    .map(
      ({ name, reason, left }) =>
        `${name} (${reason}${left > 0 ? `, ${Math.ceil(left / 1_000)} s more` : ''})`,
    )
    .join(', ')}${crowded.length > 5 ? ` and ${crowded.length - 5} more` : ''}.`;
