/** One turn of one key: its attempt, with the replay or the repair that belongs to it (DESIGN section 6). */
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { AttemptRecord, AttemptWhy } from '../../contract/log/row.ts';
import type { RuntimeKey, RuntimeProvider } from '../core/runtime-provider.ts';
import { resetTold } from '../routing/account.ts';
import type { FailureDetail, Trial } from '../routing/health.ts';
import { isCounted } from '../core/usage.ts';
import { retryHint } from '../routing/hints.ts';
import { judge, type Failure, type Judgement } from '../routing/outcome.ts';
import type { PlanGroup } from '../routing/plan.ts';
import type { SlotPlace } from '../routing/slots.ts';
import type { Journey, JourneyEnd } from './failover.ts';
import { NO_FACTS, type AttemptEnd } from './attempt-end.ts';
import { saidInRow } from './failure-text.ts';
import { errorAfterAttempts } from './final-error.ts';
import { attemptRecord, round, type Ledger } from './ledger.ts';
import type { PipelinePorts } from './ports.ts';
import { createRepairs, readyCall, type Ready, type Repairs } from './repair.ts';
import { roomAgain, type RoomAgain } from './room.ts';

type AttemptAction = AttemptRecord['action'];

/** `refused`: this target cannot be asked, with whatever key. */
export type KeyStep = JourneyEnd | { readonly kind: 'go-on' } | { readonly kind: 'refused' };

/** A whole turn of `key`; a failure that lets others try is left in the ledger. */
export async function callKey(
  group: PlanGroup,
  provider: RuntimeProvider,
  key: RuntimeKey,
  how: {
    readonly lastChance: () => boolean;
    readonly why: AttemptWhy;
    readonly waited: number;
    readonly place: SlotPlace;
  },
  journey: Journey,
  ports: PipelinePorts,
): Promise<KeyStep> {
  const use = { provider: provider.id, key: key.id, model: group.model };
  const { lastChance, place } = how;
  let { why, waited } = how;
  // From now on, so that others see the probe while images are fetched for it.
  let trial = ports.health.began(use);
  let call = await orRelease(trial, readyCall(group, provider, key, false, journey, ports));
  let repairs: Repairs | undefined;
  // A kept one may have died meanwhile, and nobody could tell what became of a job.
  let freshSocket = journey.ledger.job;
  for (;;) {
    if (call === null || call === 'interrupted') {
      trial.released();
      place.cancel();
      return call === null ? { kind: 'refused' } : interrupted(journey);
    }
    const end = await journey.attempt(call, group, provider, key, {
      freshSocket,
      lastChance,
      answers: trial.answers,
    });
    const note = (verdict: Parameters<typeof attemptRecord>[5]): void => {
      const passedOver = [...journey.ledger.passedOver.values()];
      const reasons = { why, waited: round(waited), passedOver };
      journey.ledger.add(attemptRecord(journey.origin, provider, group.model, key, end, verdict, reasons));
    };
    if (!trial.key.replaced)
      ports.facts.saw(provider.id, key.id, end.headers, 'failure' in end ? errorIn(end.failure) : undefined);
    settle(end, place, journey);
    const fine = { scope: null, action: 'done', message: null, cooldown: null } as const;
    switch (end.kind) {
      case 'delivered':
        trial.succeeded();
        note({ ...fine, result: 'ok' });
        return { kind: 'delivered', facts: end.facts };
      case 'client-left':
        trial.released();
        note({ ...fine, result: 'client_left', scope: 'client', action: 'stop' });
        return { kind: 'client-left', facts: end.facts };
      case 'stopped':
        trial.released();
        note({ ...fine, result: 'stopped', scope: 'gateway', action: 'stop' });
        return { kind: 'stopped', facts: end.facts };
    }
    const { failure, facts } = end;
    if (end.kind === 'failed' && (facts.usage !== null || facts.cost !== undefined)) {
      journey.ledger.counted.push({ provider, model: group.model, facts });
    }
    const judgement = judge(failure);
    const replay =
      end.kind === 'failed' &&
      judgement.action === 'replay' &&
      mayReplay(end.reusedSocket, journey.ledger, lastChance);
    const repaired =
      end.kind === 'failed' && judgement.action === 'repair'
        ? await orRelease(
            trial,
            (repairs ??= createRepairs({ group, provider, key }, journey, ports)).next(
              call,
              failure,
              judgement,
            ),
          )
        : null;
    const room = await roomFor(repaired, () => roomAgain(group, provider, key, place, journey, ports));
    const said = saidInRow(failure, ports.redact);
    let cooldown: number | null = null;
    if (replay || judgement.action === 'repair') trial.released();
    else {
      const otherKeys = group.keys.flatMap(({ id }) => (id === key.id ? [] : [id]));
      const hints = hintsOf(failure, ports.clock.wall());
      cooldown = trial.failed(judgement, { status: end.status, ...said, otherKeys, ...hints });
    }
    const action = end.kind === 'cut' ? 'stop' : nextAction(judgement, replay, repaired !== null, room);
    note({ result: judgement.reason, scope: judgement.scope, action, ...said, cooldown });
    if (end.kind === 'cut') return { kind: 'cut', failure, judgement, facts };
    const last = { failure, judgement, answer: end.answer };
    // What somebody answered says more than that a last resort could not be reached either.
    if (judgement.cools !== 'provider-unreached' || journey.ledger.reachedNobody())
      journey.ledger.last = last;
    if (action === 'return') {
      return { kind: 'error', final: errorAfterAttempts(journey.ledger.attempts, last) };
    }
    if (room === 'interrupted') return interrupted(journey);
    if (room === 'none') {
      journey.warn(remark('no-room-to-repair', { provider: provider.id }));
      return { kind: 'go-on' };
    }
    if (repaired !== null) {
      call = repaired;
      why = 'repair';
    } else if (replay) {
      journey.ledger.replayed = true;
      freshSocket = true;
      why = 'replay';
    } else return { kind: 'go-on' };
    place.again();
    trial = ports.health.began(use);
    waited = journey.queuedFor - journey.counted;
    journey.counted = journey.queuedFor;
  }
}

/** The client left, or the request was stopped, between two calls. */
export function interrupted({ relay }: Journey): JourneyEnd {
  return { kind: relay.left === 'no' ? 'stopped' : 'client-left', facts: NO_FACTS };
}

/** What fails within the gateway itself says nothing of the key. */
const orRelease = <T>(trial: Trial, work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    trial.released();
    throw error;
  });

/** Nothing is sent again where nothing was repaired, so that needs no room. */
function roomFor(repaired: Ready, again: () => Promise<RoomAgain>): RoomAgain | Promise<RoomAgain> {
  if (repaired === null) return 'free';
  return repaired === 'interrupted' ? repaired : again();
}

/**
 * A kept socket may have been gone before the request came. On a fresh one it was read, and perhaps billed: once more
 * is enough, and rather elsewhere.
 */
function mayReplay(reusedSocket: boolean, ledger: Ledger, lastChance: () => boolean): boolean {
  return !ledger.replayed && !ledger.job && (reusedSocket || (ledger.lost() === 0 && lastChance()));
}

/** Tokens count under limits as they were used; of an answer that did not tell, as whoever counts it finds them. */
function settle(end: AttemptEnd, place: SlotPlace, { ledger }: Journey): void {
  ledger.settle = undefined;
  if (end.times.connected === null) return place.cancel();
  if (end.kind === 'failed') return place.settle(null);
  if (isCounted(end.facts)) place.settle(end.facts.usage);
  else if (end.kind !== 'delivered' && end.times.firstContent === null) place.settle(null);
  else ledger.settle = place.settle;
}

/** What is done in fact: a second replay is another key's turn, and what cannot be repaired is the client's. */
function nextAction(
  judgement: Judgement,
  replays: boolean,
  repairs: boolean,
  room: RoomAgain,
): AttemptAction {
  if (room !== 'free') return room === 'none' ? 'next-key' : 'stop';
  if (judgement.action === 'replay') return replays ? 'replay' : 'next-key';
  if (judgement.action === 'repair') return repairs ? 'repair' : 'return';
  return judgement.action;
}

const errorIn = (failure: Failure) => (failure.kind === 'answer' ? failure.error : undefined);

function hintsOf(failure: Failure, now: number): Pick<FailureDetail, 'hint' | 'reset'> {
  if (failure.kind !== 'answer') return { hint: undefined };
  const { headers, error } = failure;
  return { hint: retryHint(headers, error, now), reset: resetTold(headers, error) };
}
