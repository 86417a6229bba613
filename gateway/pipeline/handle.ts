/** The story of one chat request, top to bottom (DESIGN section 2). */
import type { Dialect } from '../core/dialect.ts';
import { GatewayError } from '../core/errors.ts';
import type { Exchange } from '../core/exchange.ts';
import { scanBody } from '../core/scan-body.ts';
import { dialects } from '../dialects/index.ts';
import type { Failure } from '../routing/outcome.ts';
import { plan, type PlanGroup } from '../routing/plan.ts';
import { runAttempt } from './attempt.ts';
import { walk, type Journey, type JourneyEnd } from './failover.ts';
import { failureCode, failureSentence } from './failure-text.ts';
import { findTargets } from './find-targets.ts';
import { streamHead, upstreamHeaders } from './headers.ts';
import type { PipelinePorts } from './ports.ts';
import { bodyPolicy, openRecord, type RequestRecord } from './record.ts';
import { createRelay, type Relay } from './relay.ts';
import { createStop } from './stop.ts';
import { shuttingDown, tell } from './tell.ts';

/** Answers one chat request. Never rejects; the response has ended, or its client has left, when it resolves. */
export async function handleChat(exchange: Exchange, sequence: number, ports: PipelinePorts): Promise<void> {
  const snapshot = ports.snapshot();
  const policy = bodyPolicy(exchange, snapshot.bodies);
  const relay = createRelay(exchange.response, ports.clock, ports.limits, policy === 'full');
  const record = openRecord(exchange, relay, policy, sequence, ports);
  const dialect = dialects[exchange.dialect];
  const teller = { exchange, relay, record, dialect, ports };
  try {
    const end = await answer(exchange, dialect, relay, record, ports);
    tell(end, snapshot, teller);
  } catch (error) {
    const known = error instanceof GatewayError ? error : internal(error, exchange, ports);
    tell({ kind: 'error', final: { error: known, code: known.code, answer: null } }, snapshot, teller);
  } finally {
    relay.close();
  }
}

async function answer(
  exchange: Exchange,
  dialect: Dialect,
  relay: Relay,
  record: RequestRecord,
  ports: PipelinePorts,
): Promise<JourneyEnd> {
  if (ports.draining()) throw shuttingDown();
  const body = scanBody(exchange.body);
  const facts = dialect.readRequest(body);
  record.asked(facts.model, facts.streamed);
  record.begin();

  const targets = await findTargets(facts.model, relay, record.warn, ports);
  const snapshot = ports.snapshot();
  const groups = plan(targets, snapshot.routing, ports.random);
  const own = { 'x-request-id': exchange.id };
  if (facts.streamed) relay.keepAlive(dialect.heartbeat, streamHead(own));

  const stop = createStop();
  const cancelDeadline = ports.clock.after(snapshot.deadline, stop.stop);
  const forgetEnd = ports.stopped.onStop(stop.stop);
  if (ports.stopped.stopped) stop.stop();
  const journey: Journey = {
    groups,
    snapshot,
    relay,
    ledger: record.ledger,
    origin: exchange.arrivedAt,
    stop,
    queuedFor: 0,
    attempt(group, provider, key, how) {
      const addUsageOption = facts.streamed && !facts.streamOptionsGiven && provider.requestUsage;
      const { instance, version } = ports;
      return runAttempt(
        {
          ...how,
          provider,
          dialect,
          body: dialect.prepareRequest(body, { model: group.model, addUsageOption }),
          headers: upstreamHeaders(exchange.request.headers, provider, key, {
            streamed: facts.streamed,
            instance,
            version,
          }),
          streamed: facts.streamed,
          withholdUsage: addUsageOption,
          ownHeaders: { ...own, ...servedBy(group, record.ledger.attempts.length + 1) },
          errorEvent: (failure) => errorEvent(failure, exchange, dialect, record, ports),
          stop,
        },
        relay,
        ports,
      );
    },
  };
  try {
    return await walk(journey, ports);
  } finally {
    cancelDeadline();
    forgetEnd();
    record.queuedFor = journey.queuedFor;
  }
}

const servedBy = (group: PlanGroup, attempts: number): Readonly<Record<string, string>> => ({
  'x-switchyard-provider': group.provider,
  // A name can be of any length and hold half a character, where a user or an upstream wrote it so.
  'x-switchyard-model': encodeURI(group.model.slice(0, 200).toWellFormed()),
  'x-switchyard-attempts': String(attempts),
});

function errorEvent(
  failure: Failure,
  exchange: Exchange,
  dialect: Dialect,
  record: RequestRecord,
  ports: PipelinePorts,
): Uint8Array {
  const message = ports.redact(failureSentence(failure, record.ledger.attempts));
  return dialect.renderErrorEvent(new GatewayError(failureCode(failure), message), exchange.id);
}

function internal(error: unknown, exchange: Exchange, ports: PipelinePorts): GatewayError {
  ports.logger.error('a request failed inside the gateway', {
    request: exchange.id,
    error: ports.redact(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  });
  return new GatewayError(
    'internal_error',
    `The gateway failed; its log has the details under ${exchange.id}.`,
  );
}
