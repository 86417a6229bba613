/** Asks one provider for a count of tokens: one call per key, and what its failure means. */
import { remark } from '../../contract/rpc/remarks/remark.ts';
import { GatewayError } from '../core/errors.ts';
import type { RuntimeKey, RuntimeProvider } from '../core/runtime-provider.ts';
import { failed } from '../core/failed.ts';
import { judge } from '../routing/outcome.ts';
import { withKeys, type PlanGroup } from '../routing/plan.ts';
import { NO_FACTS, type AttemptEnd } from './attempt-end.ts';
import { runAttempt } from './attempt.ts';
import type { Conducted } from './conduct.ts';
import { prepareCount, type Counter } from './count-call.ts';
import type { JourneyEnd } from './failover.ts';
import { saidInRow } from './failure-text.ts';
import { errorAfterAttempts, type LastFailure } from './final-error.ts';
import { upstreamHeaders } from './headers.ts';
import { attemptRecord } from './ledger.ts';
import { pickKey } from './pick.ts';
import type { PipelinePorts } from './ports.ts';
import type { PreparedCall, Preparing } from './prepare.ts';
import { createStop } from './stop.ts';

/** Longest wait for a provider's count, ms; an estimate at once is worth more than a count later. */
const PATIENCE = 10_000;
/** Failures of the key itself. Counting has limits of its own, so those of chat are not to be cooled for them. */
const KEY_FAULTS: ReadonlySet<string> = new Set(['key_rejected', 'credit_exhausted', 'spend_limit']);
/** One count under way: at whom, with what. */
export interface Count {
  readonly conducted: Conducted;
  readonly asked: Preparing;
  readonly group: PlanGroup;
  readonly provider: RuntimeProvider;
  readonly render: (tokens: number) => string;
}

/** One key after the other while the keys are at fault. @returns null where an estimate is in order */
export async function askProvider(
  count: Count,
  counter: Counter,
  retries: number,
  ports: PipelinePorts,
): Promise<JourneyEnd | null> {
  const { group, provider, conducted } = count;
  const { ledger } = conducted.record;
  // A count is no question to a model and uses none of its tokens.
  const { keys } = group;
  const uncounted = { ...withKeys(group, keys), need: () => ({ input: 0, output: 0 }) };
  let last: LastFailure | undefined;
  for (let tries = 0; tries <= retries; tries += 1) {
    const pick = pickKey(uncounted, provider, ledger, ports);
    if (pick.kind !== 'key') break;
    const step = await askOnce(count, counter, pick.key, ports).finally(pick.place.release);
    if (step === null || 'kind' in step) return step;
    last = step;
  }
  return last === undefined ? null : { kind: 'error', final: errorAfterAttempts(ledger.attempts, last) };
}

/** @returns the failure where the key is at fault, null where the provider gives no count */
async function askOnce(
  count: Count,
  counter: Counter,
  key: RuntimeKey,
  ports: PipelinePorts,
): Promise<JourneyEnd | LastFailure | null> {
  const { conducted, asked, group, provider, render } = count;
  const call = await prepareCount(asked, counter, group, provider, key, render).catch((error: unknown) => {
    if (error instanceof GatewayError) return null;
    throw error;
  });
  if (call === null) return null;
  const use = { provider: provider.id, key: key.id, model: group.model };
  const trial = ports.health.began(use);
  const end = await send(count, call, key, ports);
  const note = (verdict: Parameters<typeof attemptRecord>[5]): void =>
    conducted.record.ledger.add(
      attemptRecord(conducted.exchange.arrivedAt, provider, group.model, key, end, verdict, {
        why: conducted.record.ledger.attempts.length === 0 ? 'first' : 'next-key',
        waited: 0,
        passedOver: [],
      }),
    );
  const fine = { scope: null, action: 'done', message: null, cooldown: null } as const;
  switch (end.kind) {
    case 'delivered':
      trial.released();
      note({ ...fine, result: 'ok' });
      return { kind: 'delivered', facts: NO_FACTS };
    case 'client-left':
      trial.released();
      note({ ...fine, result: 'client_left', scope: 'client', action: 'stop' });
      return { kind: 'client-left', facts: NO_FACTS };
    case 'stopped':
      trial.released();
      note({ ...fine, result: 'stopped', scope: 'gateway', action: 'stop' });
      return ports.stopped.stopped ? { kind: 'stopped', facts: NO_FACTS } : null;
  }
  const judgement = judge(end.failure);
  const said = saidInRow(end.failure, ports.redact);
  if (!KEY_FAULTS.has(judgement.reason)) {
    trial.released();
    note({ result: judgement.reason, scope: judgement.scope, action: 'stop', ...said, cooldown: null });
    return null;
  }
  const otherKeys = group.keys.flatMap(({ id }) => (id === key.id ? [] : [id]));
  const cooldown = trial.failed(judgement, { status: end.status, ...said, hint: undefined, otherKeys });
  note({ result: judgement.reason, scope: judgement.scope, action: 'next-key', ...said, cooldown });
  return { failure: end.failure, judgement, answer: null };
}

async function send(
  { conducted: { exchange, relay }, provider }: Count,
  { endpoint, url, body, reading, relayed }: PreparedCall,
  key: RuntimeKey,
  ports: PipelinePorts,
): Promise<AttemptEnd> {
  const { instance, version } = ports;
  const stop = createStop();
  const cancelPatience = ports.clock.after(PATIENCE, stop.stop);
  const forgetEnd = ports.stopped.onStop(stop.stop);
  if (ports.stopped.stopped) stop.stop();
  const options = { streamed: false, relayed, instance, version };
  try {
    return await runAttempt(
      {
        provider,
        url,
        reading,
        body,
        headers: upstreamHeaders(exchange.request.headers, endpoint, key, options),
        streamed: false,
        freshSocket: false,
        lastChance: () => false,
        // That tokens can be counted says nothing of chat.
        answers: () => undefined,
        ownHeaders: { 'x-request-id': exchange.id, 'x-switchyard-provider': provider.id },
        headersOf: () => ({}),
        errorFor: () => failed('upstream_error', remark('count-broke-off')),
        stop,
      },
      relay,
      ports,
    );
  } finally {
    cancelPatience();
    forgetEnd();
  }
}
