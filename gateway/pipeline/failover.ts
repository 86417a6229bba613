/** Walks the plan: one attempt after the other until one answers or nothing is left (DESIGN section 6). */
import { keyText, type NamedKey } from '../../contract/log/key-name.ts';
import type { Warn } from '../core/canonical/request.ts';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { AttemptWhy } from '../../contract/log/row.ts';
import { withKeys, type PlanGroup } from '../routing/plan.ts';
import type { ResponseFacts } from '../core/usage.ts';
import type { GatewayError } from '../core/errors.ts';
import type { Failure, Judgement } from '../routing/outcome.ts';
import { LIMITS } from '../routing/suspicion.ts';
import { UNREACHED } from '../routing/unreached.ts';
import { WORTH_REPEATING } from './admit.ts';
import type { AttemptRequest } from './attempt.ts';
import type { AttemptEnd } from './attempt-end.ts';
import { callKey, interrupted } from './call-key.ts';
import { budgetSpent, errorAfterAttempts, errorNoneUsable, type FinalError } from './final-error.ts';
import type { Ledger } from './ledger.ts';
import { coolingKeys, crowdedKeys, hasFitKey, pickKey, hasLastResort } from './pick.ts';
import type { PipelinePorts } from './ports.ts';
import type { PreparedCall } from './prepare.ts';
import type { Relay } from './relay.ts';
import {
  allCooling,
  allCrowded,
  freedMeanwhile,
  notTried,
  queueIsFull,
  queueLeft,
  roomSoon,
  waitForRoom,
  waitForSoonest,
} from './room.ts';
import type { RuntimeKey, RuntimeProvider } from '../core/runtime-provider.ts';
import { failed } from '../core/failed.ts';
import type { RuntimeSnapshot } from './runtime-snapshot.ts';
import type { Stop } from './stop.ts';

/** What the walk needs to know of the request. */
export interface Journey {
  readonly groups: readonly PlanGroup[];
  readonly snapshot: RuntimeSnapshot;
  readonly relay: Relay;
  readonly ledger: Ledger;
  /** Monotonic ms at which the request arrived. */
  readonly origin: number;
  readonly stop: Stop;
  /**
   * Makes ready what is sent to one target with one key.
   * @param repair without the reasoning of earlier turns; null when there is none to leave out
   * @throws GatewayError for what this target cannot be asked; another one may
   */
  readonly prepare: (
    group: PlanGroup,
    provider: RuntimeProvider,
    key: RuntimeKey,
    repair: boolean,
  ) => PreparedCall | null | Promise<PreparedCall | null>;
  /** Makes one call; the pipeline's `runAttempt`. */
  readonly attempt: (
    call: PreparedCall,
    group: PlanGroup,
    provider: RuntimeProvider,
    key: RuntimeKey,
    how: Pick<AttemptRequest, 'freshSocket' | 'lastChance' | 'answers'>,
  ) => Promise<AttemptEnd>;
  /** Why a target could not be asked at all; the last one is told when nothing else happened. */
  refused: GatewayError | null;
  /** Says in the log row what happened besides the attempts. */
  readonly warn: Warn;
  /** Total time spent waiting for room or for a cooling key, ms; added up here. */
  queuedFor: number;
  /** As much of it as stands with attempts already. */
  counted: number;
}

export type JourneyEnd =
  | { readonly kind: 'delivered'; readonly facts: ResponseFacts }
  /** The answer had begun; the client was told in band. */
  | {
      readonly kind: 'cut';
      readonly failure: Failure;
      readonly judgement: Judgement;
      readonly facts: ResponseFacts;
    }
  | { readonly kind: 'client-left'; readonly facts: ResponseFacts }
  | { readonly kind: 'stopped'; readonly facts: ResponseFacts }
  | { readonly kind: 'error'; readonly final: FinalError };

type Step = JourneyEnd | { readonly kind: 'go-on' };

/** A request that limits of one provider failed so often asks there no more: more calls would be limited too. */
const MOST_LIMITED = 4;

export async function walk(journey: Journey, ports: PipelinePorts): Promise<JourneyEnd> {
  ports.retries.arrived();
  /** How long it may still wait for a key to rest, or for what its probe finds out, ms. */
  let rest = ports.limits.coolingWait;
  for (;;) {
    const step = await pass(journey, ports);
    if (step.kind !== 'go-on') return step;
    if (becomesLastResort(journey, ports)) continue;
    if (!journey.ledger.reachedNobody()) return giveUp(journey, ports);
    if (freedMeanwhile(journey, ports)) continue;
    // A place that was passed over for one behind it, which had no room in time either.
    if (roomSoon(journey, ports)) {
      const end = await waitForRoom(null, journey.groups, journey, ports);
      if (end === 'interrupted' || (end === 'timeout' && !freedMeanwhile(journey, ports)))
        return giveUp(journey, ports);
    } else {
      const before = journey.queuedFor;
      if ((await waitForSoonest(rest, journey, ports)) !== 'woken') return giveUp(journey, ports);
      rest -= journey.queuedFor - before;
    }
  }
}

/** Every group once. */
async function pass(journey: Journey, ports: PipelinePorts): Promise<Step> {
  const { groups, ledger } = journey;
  const failed = !ledger.reachedNobody();
  for (const [index, group] of groups.entries()) {
    // Those that failed already have had their turn.
    if (failed && !isLastResort(group, journey, ports)) continue;
    const step = await visit(group, groups.slice(index + 1), journey, ports);
    if (step.kind !== 'go-on') return step;
    if (ledger.lostEnough()) break;
  }
  return { kind: 'go-on' };
}

/**
 * Once: a provider that could not be reached, or whose last key fails, rests while there is another one, and is asked
 * when there is none. A machine without a network knows of nothing that can be reached, and finds out with the next
 * request.
 */
function becomesLastResort(journey: Journey, ports: PipelinePorts): boolean {
  if (!mayBecomeLastResort(journey, ports)) return false;
  journey.ledger.lastResort = true;
  return true;
}

function mayBecomeLastResort(journey: Journey, ports: PipelinePorts): boolean {
  const { ledger, groups } = journey;
  if (ledger.lastResort || ledger.lostEnough()) return false;
  return groups.some((group) => isLastResort(group, journey, ports));
}

/** Those besides `full`, which has keys that lack only room, and gets its turn again. */
async function visitLastResorts(
  full: PlanGroup,
  later: readonly PlanGroup[],
  journey: Journey,
  ports: PipelinePorts,
): Promise<Step> {
  journey.ledger.lastResort = true;
  const others = journey.groups.filter((group) => group !== full && isLastResort(group, journey, ports));
  for (const [index, group] of others.entries()) {
    const step = await visit(group, [...others.slice(index + 1), full, ...later], journey, ports);
    if (step.kind !== 'go-on' || journey.ledger.lostEnough()) return step;
  }
  return { kind: 'go-on' };
}

function isLastResort(group: PlanGroup, { snapshot, ledger }: Journey, ports: PipelinePorts): boolean {
  const provider = snapshot.providers.get(group.provider);
  return provider !== undefined && hasLastResort(group, provider, ledger, ports);
}

async function visit(
  group: PlanGroup,
  later: readonly PlanGroup[],
  journey: Journey,
  ports: PipelinePorts,
): Promise<Step> {
  const { ledger, snapshot } = journey;
  const provider = snapshot.providers.get(group.provider);
  if (provider === undefined || ledger.foundUnreached(provider.id)) return { kind: 'go-on' };
  let timedOut = false;
  let refusals = 0;
  for (let tries = 0; tries <= snapshot.retries; tries += 1) {
    if (limitedAt(provider.id, journey) >= MOST_LIMITED) break;
    const pick = pickKey(group, provider, ledger, ports);
    if (pick.kind === 'none') break;
    if (pick.kind === 'full') {
      if (fitElsewhere(later, journey, ports)) break;
      // One before this one that has rested meanwhile: the next pass asks it.
      const passesAgain = ledger.reachedNobody() && journey.refused === null;
      if (passesAgain && freedMeanwhile(journey, ports)) break;
      // One that stands back may hang: room that is soon there is better, but not so good as to be waited for to the end.
      const patience = mayBecomeLastResort(journey, ports) ? ports.limits.coolingWait : Infinity;
      const noQueueLeft = queueIsFull(provider.id, journey, ports);
      if (patience < Infinity && (timedOut || noQueueLeft || pick.soonest > patience)) {
        const step = await visitLastResorts(group, later, journey, ports);
        if (step.kind !== 'go-on') return step;
        if (ledger.lostEnough()) break;
        timedOut = false;
        tries -= 1;
        continue;
      }
      if (timedOut) return { kind: 'error', final: noRoom(provider, ports) };
      // Room that comes too late to be waited for is no reason to wait at all.
      if (pick.soonest > queueLeft(journey, ports)) break;
      if (noQueueLeft) return { kind: 'error', final: noQueue(provider, journey, ports) };
      const resting = passesAgain ? journey.groups : [group, ...later];
      const waited = await waitForRoom(provider.id, resting, journey, ports, patience);
      if (waited === 'interrupted') return interrupted(journey);
      timedOut = waited === 'timeout';
      tries -= 1;
      continue;
    }
    if (!mayRetry(provider.id, journey, ports)) {
      pick.place.cancel();
      pick.place.release();
      ledger.outOfBudget = true;
      break;
    }
    const waited = journey.queuedFor - journey.counted;
    journey.counted = journey.queuedFor;
    notePassedOver(group, provider, pick.key, journey, ports);
    const { key, place } = pick;
    const lastTry = tries === snapshot.retries;
    const lastChance = (): boolean =>
      (lastTry || !hasFitKey(group, provider, ledger, ports, key.id)) && !fitElsewhere(later, journey, ports);
    const how = { lastChance, waited, place, why: whyNow(group, key, waited, journey, ports) };
    const step = await callKey(group, provider, key, how, journey, ports).finally(place.release);
    if (step.kind === 'refused') break;
    if (step.kind !== 'go-on') return step;
    if (ledger.last?.judgement.action === 'next-target' || ledger.foundUnreached(provider.id)) break;
    if (ledger.lostEnough()) break;
    // Whoever wants no second try at all gets none.
    if (snapshot.retries > 0 && ledger.last !== undefined && wasForNothing(ledger.last.judgement)) {
      refusals += 1;
      if (refusals <= MOST_REFUSED) tries -= 1;
    }
  }
  notePassedOver(group, provider, null, journey, ports);
  return { kind: 'go-on' };
}

/** Refused keys that a request may meet besides its tries. */
const MOST_REFUSED = 20;

const KEY_ITSELF: ReadonlySet<Judgement['cools']> = new Set(['key', 'key-model', 'account', 'account-model']);

/**
 * A key was refused (401, 402, 403): nothing was done for the request, and the key rests, so no other request meets it.
 * Or what the request names may be another account's, whose keys alone find it.
 * So many such tries count for none: a provider that refuses hundreds of keys refuses them all, and takes offence.
 */
const wasForNothing = ({ cools, reason }: Judgement): boolean =>
  reason === 'reference_missing' || (KEY_ITSELF.has(cools) && !LIMITS.has(reason));

const limitedAt = (provider: string, { ledger }: Journey): number =>
  ledger.attempts.filter((attempt) => attempt.provider === provider && LIMITS.has(attempt.result)).length;

/**
 * What cools at once is not met again by the next request. A provider that fails is, so asking it again is bounded for
 * all requests together. One that was not asked yet is no busier for it, and gets but what others would have got.
 */
function mayRetry(provider: string, { ledger }: Journey, ports: PipelinePorts): boolean {
  if (ledger.last?.judgement.cools !== 'key-after-several') return true;
  return !ledger.attempts.some((attempt) => attempt.provider === provider) || ports.retries.spend();
}

function whyNow(
  { provider, model }: PlanGroup,
  { id: key }: RuntimeKey,
  waited: number,
  { ledger }: Journey,
  { health }: PipelinePorts,
): AttemptWhy {
  if (health.phase({ provider, model, key }) === 'half-open') return 'probe';
  const last = ledger.attempts.at(-1);
  if (last !== undefined) {
    return last.provider === provider && last.model === model ? 'next-key' : 'next-target';
  }
  return waited > 0 ? 'after-wait' : 'first';
}

/** Keys that stood before `key` in the plan and were not tried; all of the group without one. */
function notePassedOver(
  group: PlanGroup,
  provider: RuntimeProvider,
  key: RuntimeKey | null,
  { ledger }: Journey,
  ports: PipelinePorts,
): void {
  if (key !== null && key.id === group.first?.id) return;
  const end = key === null ? group.count : group.keys.findIndex(({ id }) => id === key.id);
  if (end < 1) return;
  const before = withKeys(group, group.keys.slice(0, end));
  const note = ({ provider: id, keyFingerprint }: NamedKey, reason: string): void => {
    const over = { provider: id, keyFingerprint, reason };
    if (ledger.passedOver.size < MOST_PASSED_OVER) ledger.passedOver.set(keyText(over), over);
  };
  for (const pick of coolingKeys(before, provider, ledger, ports)) note(pick, pick.cooling.reason);
  for (const pick of crowdedKeys(before, provider, ledger, ports)) note(pick, pick.reason);
}

/** Named in a row at the most. */
const MOST_PASSED_OVER = 10;

function fitElsewhere(later: readonly PlanGroup[], journey: Journey, ports: PipelinePorts): boolean {
  return later.some((group) => {
    const provider = journey.snapshot.providers.get(group.provider);
    return provider !== undefined && hasFitKey(group, provider, journey.ledger, ports);
  });
}

function giveUp(journey: Journey, ports: PipelinePorts): JourneyEnd {
  const { last } = journey.ledger;
  if (journey.relay.left !== 'no' || journey.stop.stopped) return interrupted(journey);
  const crowded = allCrowded(journey, ports);
  if (last !== undefined) {
    if (crowded.length > 0) journey.warn(notTried(crowded));
    if (journey.ledger.job && journey.ledger.lostEnough()) journey.warn(remark('job-not-sent-again'));
    const final = errorAfterAttempts(journey.ledger.attempts, last);
    if (!journey.ledger.outOfBudget) return { kind: 'error', final };
    journey.warn(remark('retries-spent'));
    return { kind: 'error', final: budgetSpent(final) };
  }
  const { refused } = journey;
  if (refused !== null) {
    return { kind: 'error', final: { error: refused, code: refused.code, answer: null } };
  }
  const unusable = [
    ...allCooling(journey, ports).map((pick) => ({ ...pick, reason: pick.cooling.reason })),
    ...crowded,
  ];
  const error =
    unusable.length > 0 ? errorNoneUsable(unusable) : failed('no_key_configured', remark('no-key-left'));
  // Those that nobody could reach rest for seconds only.
  const unreached = unusable.length > 0 && unusable.every(({ reason }) => UNREACHED.has(reason));
  const headers = unreached ? WORTH_REPEATING : {};
  return { kind: 'error', final: { error, code: error.code, answer: null, headers } };
}

function noQueue(provider: RuntimeProvider, { ledger }: Journey, { limits }: PipelinePorts): FinalError {
  const told = remark('queue-full', { provider: provider.id, waiting: limits.queued });
  const error = failed('queue_full', told, { retryAfter: 5 });
  const headers = ledger.attempts.length === 0 ? WORTH_REPEATING : {};
  return { error, code: error.code, answer: null, headers };
}

function noRoom(provider: RuntimeProvider, ports: PipelinePorts): FinalError {
  const told = remark('queue-waited', { provider: provider.id, seconds: ports.limits.queue / 1_000 });
  const error = failed('queue_timeout', told, { retryAfter: 5 });
  return { error, code: error.code, answer: null };
}
