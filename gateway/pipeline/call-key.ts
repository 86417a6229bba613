/** One turn of one key: its attempt, with the replay or the repair that belongs to it (DESIGN section 6). */
import type { AttemptRecord, AttemptWhy } from '../../contract/log/row.ts';
import { GatewayError } from '../core/errors.ts';
import type { RuntimeKey, RuntimeProvider } from '../core/runtime-provider.ts';
import { resetTold } from '../routing/account.ts';
import type { FailureDetail } from '../routing/health.ts';
import { retryHint } from '../routing/hints.ts';
import { judge, refusedParameter, type Failure, type Judgement } from '../routing/outcome.ts';
import type { PlanGroup } from '../routing/plan.ts';
import type { SlotPlace } from '../routing/slots.ts';
import type { Journey, JourneyEnd } from './failover.ts';
import type { AttemptEnd } from './attempt-end.ts';
import { failureDetail } from './failure-text.ts';
import { errorAfterAttempts } from './final-error.ts';
import { attemptRecord, round } from './ledger.ts';
import type { PipelinePorts } from './ports.ts';
import { fitParameters, repairWarning, type Fitted } from './parameters.ts';
import type { PreparedCall } from './prepare.ts';

type AttemptAction = AttemptRecord['action'];

/** `refused`: this target cannot be asked, with whatever key. */
export type KeyStep = JourneyEnd | { readonly kind: 'go-on' } | { readonly kind: 'refused' };

/** A whole turn of `key`; a failure that lets others try is left in the ledger. */
export async function callKey(
  group: PlanGroup,
  provider: RuntimeProvider,
  key: RuntimeKey,
  how: {
    readonly lastChance: boolean;
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
  let call = fitted(await prepared(group, provider, key, false, journey), group, provider, journey, ports);
  let freshSocket = false;
  for (;;) {
    if (call === null) return { kind: 'refused' };
    const trial = ports.health.began(use);
    const end = await journey.attempt(call, group, provider, key, {
      freshSocket,
      lastChance,
      answers: trial.answers,
    });
    const note = (verdict: Parameters<typeof attemptRecord>[5]): void => {
      const reasons = { why, waited: round(waited), passedOver: passedOver(journey) };
      journey.ledger.add(attemptRecord(journey.origin, provider, group.model, key, end, verdict, reasons));
    };
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
    const replay = end.kind === 'failed' && judgement.action === 'replay' && !journey.ledger.replayed;
    const wanted = end.kind === 'failed' && judgement.action === 'repair' && !journey.ledger.repaired;
    const lighter = lighterCall(call, failure, group, provider, ports);
    const repaired = !wanted
      ? null
      : judgement.reason === 'parameter_unsupported'
        ? told(lighter, group, provider, journey)
        : fitted(await prepared(group, provider, key, true, journey), group, provider, journey, ports);
    const message = ports.redact(failureDetail(failure));
    let cooldown: number | null = null;
    if (replay || judgement.action === 'repair') trial.released();
    else {
      const otherKeys = group.keys.flatMap(({ id }) => (id === key.id ? [] : [id]));
      const hints = hintsOf(failure, ports.clock.wall());
      cooldown = trial.failed(judgement, { status: end.status, message, otherKeys, ...hints });
    }
    const action = end.kind === 'cut' ? 'stop' : nextAction(judgement, replay, repaired !== null);
    note({ result: judgement.reason, scope: judgement.scope, action, message, cooldown });
    if (end.kind === 'cut') return { kind: 'cut', failure, judgement, facts };
    const last = { failure, judgement, answer: end.answer };
    journey.ledger.last = last;
    if (action === 'return') {
      return { kind: 'error', final: errorAfterAttempts(journey.ledger.attempts, last) };
    }
    if (repaired !== null) {
      journey.ledger.repaired = true;
      call = repaired;
      why = 'repair';
    } else if (replay) {
      journey.ledger.replayed = true;
      freshSocket = true;
      why = 'replay';
    } else return { kind: 'go-on' };
    place.again();
    waited = 0;
  }
}

/** Tokens count under limits as they were used; where that is not known yet, the most they can have been stands. */
function settle(end: AttemptEnd, place: SlotPlace, { ledger }: Journey): void {
  ledger.settle = undefined;
  if (end.kind === 'failed') return place.settle(null);
  if (end.facts.usage === null) ledger.settle = place.settle;
  else place.settle(end.facts.usage);
}

/** What is done in fact: a second replay is another key's turn, and what cannot be repaired is the client's. */
function nextAction(judgement: Judgement, replays: boolean, repairs: boolean): AttemptAction {
  if (judgement.action === 'replay') return replays ? 'replay' : 'next-key';
  if (judgement.action === 'repair') return repairs ? 'repair' : 'return';
  return judgement.action;
}

/** Without what is known to be refused. */
function fitted(
  call: PreparedCall | null,
  group: PlanGroup,
  provider: RuntimeProvider,
  journey: Journey,
  ports: PipelinePorts,
): PreparedCall | null {
  if (call === null || !provider.repairsParameters) return call;
  const known = ports.refused.of(provider.id, group.model);
  return known.length === 0 ? call : told(fitParameters(call, known), group, provider, journey);
}

/** What is left out stands in the row. */
function told(fit: Fitted | null, { model }: PlanGroup, provider: RuntimeProvider, { warn }: Journey) {
  for (const repair of fit?.made ?? []) warn(repairWarning(provider.id, model, repair));
  return fit?.call ?? null;
}

/** The same call without the parameter that was just refused, which is remembered; null where none was. */
function lighterCall(
  call: PreparedCall,
  failure: Failure,
  { model }: PlanGroup,
  provider: RuntimeProvider,
  ports: PipelinePorts,
): Fitted | null {
  if (failure.kind !== 'answer' || !provider.repairsParameters) return null;
  const repair = refusedParameter(failure.error);
  if (repair === undefined) return null;
  const fit = fitParameters(call, [repair]);
  if (fit.made.length === 0) return null;
  ports.refused.learn(provider.id, model, repair);
  return fit;
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

const errorIn = (failure: Failure) => (failure.kind === 'answer' ? failure.error : undefined);

function hintsOf(failure: Failure, now: number): Pick<FailureDetail, 'hint' | 'reset'> {
  if (failure.kind !== 'answer') return { hint: undefined };
  const { headers, error } = failure;
  return { hint: retryHint(headers, error, now), reset: resetTold(headers, error) };
}

function passedOver({ ledger }: Journey): AttemptRecord['passedOver'] {
  return [...ledger.passedOver].map(([name, reason]) => ({ name, reason }));
}
