/** Room and rest: what a request with nowhere to go right now may wait for, and how long. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { fullKeys, remark } from '../../contract/rpc/remarks/remark.ts';
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
  return journey.refused === null && freeNow(journey.groups, journey, ports);
}

function freeNow(groups: readonly PlanGroup[], journey: Journey, ports: PipelinePorts): boolean {
  return groups.some((group) => {
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
    const end = await waitForRoom(provider.id, [group], journey, ports);
    if (end === 'interrupted') return 'interrupted';
    if (end === 'timeout') return place.untilAgain().wait === 0 ? 'free' : 'none';
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

/**
 * Ends with `timeout` as well when room came in that moment, or where nobody tells of it: whoever waited looks again.
 * @param provider null: any of the plan
 * @param resting where a key that has rested is as good as room
 * @param patience ms; no longer than that, whatever is left
 */
export async function waitForRoom(
  provider: string | null,
  resting: readonly PlanGroup[],
  journey: Journey,
  ports: PipelinePorts,
  patience = Infinity,
): Promise<WaitEnd> {
  const { clock, slots } = ports;
  const began = clock.monotonic();
  const places = new Set(provider === null ? journey.groups.map((group) => group.provider) : [provider]);
  const most = Math.min(patience, queueLeft(journey, ports));
  const end = await waitFor(clock, journey.relay, journey.stop, most, (wake) => {
    const cancels = [...places].map((place) => slots.onFree(place, wake));
    cancels.push(whenRested(resting, wake, most, journey, ports));
    return () => {
      for (const cancel of cancels) cancel();
    };
  });
  journey.queuedFor += clock.monotonic() - began;
  return end;
}

/** All keys cool: the soonest may be close enough to wait for. @param most ms */
export async function waitForSoonest(most: number, journey: Journey, ports: PipelinePorts): Promise<WaitEnd> {
  const soonest = Math.min(...allCooling(journey, ports).map(({ left }) => left));
  if (soonest > most || most <= 0) return 'timeout';
  const began = ports.clock.monotonic();
  const end = await waitFor(ports.clock, journey.relay, journey.stop, most, (wake) =>
    ports.clock.after(inTime(soonest), wake),
  );
  journey.queuedFor += ports.clock.monotonic() - began;
  return end;
}

/**
 * A probe under way has no time left of its own: look again shortly. A timer cuts fractions of a ms off, and a key
 * looked at too early is still cooling.
 */
const inTime = (left: number): number => Math.ceil(Math.max(left, 50)) + 1;

/** Looks by itself, since whoever is woken in vain has to wait behind the others. @param most ms */
function whenRested(
  groups: readonly PlanGroup[],
  rested: () => void,
  most: number,
  journey: Journey,
  ports: PipelinePorts,
): () => void {
  let cancel = (): void => undefined;
  const arm = (): void => {
    // One that may be asked already lacks only room.
    const cooling = allCooling(journey, ports, groups).filter(
      ({ left, cooling: { probing } }) => left > 0 || probing,
    );
    const soonest = inTime(Math.min(...cooling.map(({ left }) => left)));
    if (soonest < most) cancel = ports.clock.after(soonest, look);
  };
  const look = (): void => (freeNow(groups, journey, ports) ? rested() : arm());
  arm();
  return () => cancel();
}

export function allCooling(
  journey: Journey,
  ports: PipelinePorts,
  groups: readonly PlanGroup[] = journey.groups,
): readonly CoolingPick[] {
  return groups.flatMap((group) => {
    const provider = journey.snapshot.providers.get(group.provider);
    return provider === undefined ? [] : coolingKeys(group, provider, journey.ledger, ports);
  });
}

/** For the log row, where others were tried and these were not. */
export function notTried(crowded: readonly CrowdedPick[]): Told {
  const named = fullKeys(crowded.slice(0, MOST_NAMED).map(fullKey));
  const more = crowded.length - MOST_NAMED;
  return more > 0 ? remark('no-room-more', { more }, named) : remark('no-room', {}, named);
}

const MOST_NAMED = 5;

function fullKey({ provider, keyFingerprint: key, reason: why, left }: CrowdedPick): Told {
  const seconds = Math.ceil(left / 1_000);
  if (key === null) {
    return left > 0
      ? remark('full-place-for', { provider, why, seconds })
      : remark('full-place', { provider, why });
  }
  return left > 0
    ? remark('full-key-for', { provider, key, why, seconds })
    : remark('full-key', { provider, key, why });
}
