/** Walks the plan: one attempt after the other until one answers or nothing is left (DESIGN section 6). */
import type { AttemptRecord } from '../../contract/log/row.ts';
import type { PlanGroup } from '../routing/plan.ts';
import type { ResponseFacts } from '../core/usage.ts';
import { GatewayError } from '../core/errors.ts';
import { retryHint } from '../routing/hints.ts';
import { judge, type Failure, type Judgement } from '../routing/outcome.ts';
import type { AttemptEnd } from './attempt-end.ts';
import { failureDetail } from './failure-text.ts';
import { errorAfterAttempts, errorAllCooling, type FinalError, type LastFailure } from './final-error.ts';
import { attemptRecord, type Ledger } from './ledger.ts';
import { coolingKeys, fitKeys, pickKey } from './pick.ts';
import type { PipelinePorts } from './ports.ts';
import type { PreparedCall } from './prepare.ts';
import type { Relay } from './relay.ts';
import type { RuntimeKey, RuntimeProvider } from '../core/runtime-provider.ts';
import type { RuntimeSnapshot } from './runtime-snapshot.ts';
import type { Stop } from './stop.ts';
import { waitFor } from './wait.ts';

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
    how: { readonly freshSocket: boolean; readonly lastChance: boolean },
  ) => Promise<AttemptEnd>;
  /** Why a target could not be asked at all; the last one is told when nothing else happened. */
  refused: GatewayError | null;
  /** Total time spent waiting for room or for a cooling key, ms; added up here. */
  queuedFor: number;
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

type AttemptAction = AttemptRecord['action'];

type Step = JourneyEnd | { readonly kind: 'go-on'; readonly last: LastFailure | undefined };
/** `refused`: this target cannot be asked, with whatever key. */
type KeyStep = Step | { readonly kind: 'refused' };

export async function walk(journey: Journey, ports: PipelinePorts): Promise<JourneyEnd> {
  const first = await pass(journey, ports);
  if (first.kind !== 'go-on') return first;
  if (first.last !== undefined || (await waitForSoonest(journey, ports)) !== 'woken') {
    return giveUp(journey, ports, first.last);
  }
  const second = await pass(journey, ports);
  return second.kind === 'go-on' ? giveUp(journey, ports, second.last) : second;
}

/** Every group once. */
async function pass(journey: Journey, ports: PipelinePorts): Promise<Step> {
  let last: LastFailure | undefined;
  for (const [index, group] of journey.groups.entries()) {
    const step = await visit(group, journey.groups.slice(index + 1), journey, ports);
    if (step.kind !== 'go-on') return step;
    last = step.last ?? last;
    if (last !== undefined && waitedTwice(journey)) break;
  }
  return { kind: 'go-on', last };
}

/** A first content that did not come was probably billed: it is tried elsewhere once, not everywhere. */
function waitedTwice({ ledger }: Journey): boolean {
  return ledger.attempts.filter(({ result }) => result === 'first_content_timeout').length > 1;
}

async function visit(
  group: PlanGroup,
  later: readonly PlanGroup[],
  journey: Journey,
  ports: PipelinePorts,
): Promise<Step> {
  const provider = journey.snapshot.providers.get(group.provider);
  if (provider === undefined) return { kind: 'go-on', last: undefined };
  let last: LastFailure | undefined;
  for (let tries = 0; tries <= journey.snapshot.retries; tries += 1) {
    const pick = pickKey(group, provider, journey.ledger, ports);
    if (pick.kind === 'none') break;
    if (pick.kind === 'full') {
      if (fitElsewhere(later, journey, ports)) break;
      const waited = await waitForRoom(provider.id, journey, ports);
      if (waited === 'interrupted') return interrupted(journey);
      if (waited === 'timeout') return { kind: 'error', final: noRoom(provider, ports) };
      tries -= 1;
      continue;
    }
    const lastChance =
      tries === journey.snapshot.retries || (pick.fit <= 1 && !fitElsewhere(later, journey, ports));
    const step = await callOnce(group, provider, pick.key, lastChance, journey, ports).finally(pick.release);
    if (step.kind === 'refused') break;
    if (step.kind !== 'go-on') return step;
    last = step.last;
    if (last?.judgement.action === 'next-target') break;
  }
  return { kind: 'go-on', last };
}

/** One key: an attempt, and its replay on a fresh socket where that is right. */
async function callOnce(
  group: PlanGroup,
  provider: RuntimeProvider,
  key: RuntimeKey,
  lastChance: boolean,
  journey: Journey,
  ports: PipelinePorts,
): Promise<KeyStep> {
  const use = { provider: provider.id, key: key.id, model: group.model };
  let call = await prepared(group, provider, key, false, journey);
  let freshSocket = false;
  for (;;) {
    if (call === null) return { kind: 'refused' };
    ports.health.began(use);
    const end = await journey.attempt(call, group, provider, key, { freshSocket, lastChance });
    const note = (verdict: Parameters<typeof attemptRecord>[5]): void => {
      journey.ledger.add(attemptRecord(journey.origin, provider, group.model, key, end, verdict));
    };
    const fine = { scope: null, action: 'done', message: null, cooldown: null } as const;
    switch (end.kind) {
      case 'delivered':
        ports.health.succeeded(use);
        note({ ...fine, result: 'ok' });
        return { kind: 'delivered', facts: end.facts };
      case 'client-left':
        ports.health.released(use);
        note({ ...fine, result: 'client_left', scope: 'client', action: 'stop' });
        return { kind: 'client-left', facts: end.facts };
      case 'stopped':
        ports.health.released(use);
        note({ ...fine, result: 'stopped', scope: 'gateway', action: 'stop' });
        return { kind: 'stopped', facts: end.facts };
    }
    const judgement = judge(end.failure);
    const replay = end.kind === 'failed' && judgement.action === 'replay' && !journey.ledger.replayed;
    const wanted = end.kind === 'failed' && judgement.action === 'repair' && !journey.ledger.repaired;
    const repaired = wanted ? await prepared(group, provider, key, true, journey) : null;
    const message = ports.redact(failureDetail(end.failure));
    let cooldown: number | null = null;
    if (replay || judgement.action === 'repair') ports.health.released(use);
    else {
      cooldown = ports.health.failed(use, judgement, {
        status: end.status,
        message,
        hint: hintOf(end, ports),
        otherKeys: group.keys.flatMap(({ id }) => (id === key.id ? [] : [id])),
      });
    }
    const action = end.kind === 'cut' ? 'stop' : nextAction(judgement, replay, repaired !== null);
    note({ result: judgement.reason, scope: judgement.scope, action, message, cooldown });
    if (end.kind === 'cut') return { kind: 'cut', failure: end.failure, judgement, facts: end.facts };
    const last = { failure: end.failure, judgement, answer: end.answer };
    if (action === 'return') {
      return { kind: 'error', final: errorAfterAttempts(journey.ledger.attempts, last) };
    }
    if (repaired !== null) {
      journey.ledger.repaired = true;
      call = repaired;
    } else if (replay) {
      journey.ledger.replayed = true;
      freshSocket = true;
    } else return { kind: 'go-on', last };
  }
}

/** What is done in fact: a second replay is another key's turn, and what cannot be repaired is the client's. */
function nextAction(judgement: Judgement, replays: boolean, repairs: boolean): AttemptAction {
  if (judgement.action === 'replay') return replays ? 'replay' : 'next-key';
  if (judgement.action === 'repair') return repairs ? 'repair' : 'return';
  return judgement.action;
}

/** Null where this target cannot be asked, or nothing can be left out; the reason is kept. */
async function prepared(
  group: PlanGroup,
  provider: RuntimeProvider,
  key: RuntimeKey,
  repair: boolean,
  journey: Journey,
): Promise<PreparedCall | null> {
  try {
    return await journey.prepare(group, provider, key, repair);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    journey.refused = error;
    return null;
  }
}

function hintOf(end: AttemptEnd & { kind: 'failed' | 'cut' }, ports: PipelinePorts): number | undefined {
  if (end.failure.kind !== 'answer') return undefined;
  return retryHint(end.failure.headers, end.failure.error, ports.clock.wall());
}

function fitElsewhere(later: readonly PlanGroup[], journey: Journey, ports: PipelinePorts): boolean {
  return later.some((group) => {
    const provider = journey.snapshot.providers.get(group.provider);
    return provider !== undefined && fitKeys(group, provider, journey.ledger, ports).length > 0;
  });
}

async function waitForRoom(provider: string, journey: Journey, ports: PipelinePorts) {
  const { clock, slots, limits } = ports;
  const began = clock.monotonic();
  const left = limits.queue - journey.queuedFor;
  const end = await waitFor(clock, journey.relay, journey.stop, Math.max(0, left), (wake) =>
    slots.onFree(provider, wake),
  );
  journey.queuedFor += clock.monotonic() - began;
  return end;
}

/** All keys cool: the soonest may be close enough to wait for. */
async function waitForSoonest(journey: Journey, ports: PipelinePorts) {
  const cooling = allCooling(journey, ports);
  const soonest = Math.min(...cooling.map(({ left }) => left));
  if (cooling.length === 0 || soonest > ports.limits.coolingWait) return 'timeout';
  const began = ports.clock.monotonic();
  const end = await waitFor(ports.clock, journey.relay, journey.stop, ports.limits.coolingWait, (wake) =>
    // A probe under way has no time left of its own: look again shortly.
    ports.clock.after(Math.max(soonest, 50), wake),
  );
  journey.queuedFor += ports.clock.monotonic() - began;
  return end;
}

function allCooling(journey: Journey, ports: PipelinePorts) {
  return journey.groups.flatMap((group) => {
    const provider = journey.snapshot.providers.get(group.provider);
    return provider === undefined ? [] : coolingKeys(group, provider, journey.ledger, ports);
  });
}

function giveUp(journey: Journey, ports: PipelinePorts, last: LastFailure | undefined): JourneyEnd {
  if (journey.relay.left !== 'no' || journey.stop.stopped) return interrupted(journey);
  if (last !== undefined) return { kind: 'error', final: errorAfterAttempts(journey.ledger.attempts, last) };
  const { refused } = journey;
  if (refused !== null) {
    return { kind: 'error', final: { error: refused, code: refused.code, answer: null } };
  }
  const cooling = allCooling(journey, ports);
  const error =
    cooling.length > 0
      ? errorAllCooling(cooling)
      : new GatewayError('no_key_configured', 'No key is left that could serve this request.');
  return { kind: 'error', final: { error, code: error.code, answer: null } };
}

function interrupted(journey: Journey): JourneyEnd {
  const facts = { usage: null, finishReason: null, model: null };
  return { kind: journey.relay.left === 'no' ? 'stopped' : 'client-left', facts };
}

function noRoom(provider: RuntimeProvider, ports: PipelinePorts): FinalError {
  const error = new GatewayError(
    'queue_timeout',
    `${provider.id} has as many requests under way as max_concurrency allows, and no place came free within ` +
      `${ports.limits.queue / 1_000} s. Raise the limit, or try again.`,
    { retryAfter: 5 },
  );
  return { error, code: error.code, answer: null };
}
