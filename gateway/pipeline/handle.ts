/** The story of one chat request, top to bottom (DESIGN section 2). */
import type { ClientShape } from '../core/client-shape.ts';
import { GatewayError } from '../core/errors.ts';
import type { Exchange } from '../core/exchange.ts';
import { scanBody } from '../core/scan-body.ts';
import { shapes } from '../dialects/index.ts';
import { prefer } from '../routing/affinity.ts';
import type { Failure } from '../routing/outcome.ts';
import { plan, type PlanGroup } from '../routing/plan.ts';
import { conversationOf } from './affinity.ts';
import { runAttempt } from './attempt.ts';
import { walk, type Journey, type JourneyEnd } from './failover.ts';
import { failureCode, failureSentence } from './failure-text.ts';
import { findTargets } from './find-targets.ts';
import { streamHead, upstreamHeaders } from './headers.ts';
import type { PipelinePorts } from './ports.ts';
import { prepareCall, type Preparing } from './prepare.ts';
import { bodyPolicy, openRecord, type RequestRecord } from './record.ts';
import { createRelay, type Relay } from './relay.ts';
import { createStop } from './stop.ts';
import { shuttingDown, tell } from './tell.ts';
import { createTranslator } from './translation/translator.ts';

/** Answers one chat request. Never rejects; the response has ended, or its client has left, when it resolves. */
export async function handleChat(exchange: Exchange, sequence: number, ports: PipelinePorts): Promise<void> {
  const snapshot = ports.snapshot();
  const policy = bodyPolicy(exchange, snapshot.bodies);
  const relay = createRelay(exchange.response, ports.clock, ports.limits, policy === 'full');
  const record = openRecord(exchange, relay, policy, sequence, ports);
  const shape = shapes[exchange.shape];
  const teller = { exchange, relay, record, shape, ports };
  try {
    const end = await answer(exchange, shape, relay, record, ports);
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
  shape: ClientShape,
  relay: Relay,
  record: RequestRecord,
  ports: PipelinePorts,
): Promise<JourneyEnd> {
  if (ports.draining()) throw shuttingDown();
  const body = scanBody(exchange.body);
  const facts = shape.readRequest(body, exchange.path);
  record.asked(facts.model, facts.streamed);
  record.begin();

  const targets = await findTargets(facts.model, relay, record.warn, ports);
  const snapshot = ports.snapshot();
  const { warn } = record;
  const translator = createTranslator({ exchange, shape, body, facts, warn }, ports);
  const preparing: Preparing = { exchange, shape, body, facts, warn, translator };
  const conversation = conversationOf(exchange, body, ports.affinity);
  const groups = prefer(plan(targets, snapshot.routing, ports.random), conversation.origin());
  const own = { 'x-request-id': exchange.id };
  if (facts.streamed) {
    const { framing } = exchange.path;
    relay.keepAlive(shape.heartbeat(framing), streamHead(shape.streamType(framing), own));
  }

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
    refused: null,
    prepare: (group, provider, key, repair) => prepareCall(preparing, group, provider, key, repair),
    async attempt(call, group, provider, key, how) {
      const { instance, version } = ports;
      const { streamed } = facts;
      const { relayed, endpoint } = call;
      const end = await runAttempt(
        {
          ...how,
          provider,
          url: call.url,
          reading: call.reading,
          body: call.body,
          headers: upstreamHeaders(exchange.request.headers, endpoint, key, {
            streamed,
            relayed,
            instance,
            version,
          }),
          streamed,
          ownHeaders: { ...own, ...servedBy(group, record.ledger.attempts.length + 1) },
          errorFor: (failure) => errorFor(failure, record, ports),
          stop,
        },
        relay,
        ports,
      );
      // Native chat has no signatures, and most requests are native chat.
      const signed = call.reading.signed?.() ?? false;
      if (end.kind === 'delivered' && (signed || (relayed && endpoint.dialect.signatures.length > 0))) {
        conversation.served({ origin: { provider: provider.id, model: group.model, key: key.id }, signed });
      }
      return end;
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

function errorFor(failure: Failure, record: RequestRecord, ports: PipelinePorts): GatewayError {
  const message = ports.redact(failureSentence(failure, record.ledger.attempts));
  return new GatewayError(failureCode(failure), message);
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
