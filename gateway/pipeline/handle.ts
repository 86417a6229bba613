/** The story of one chat request, top to bottom (DESIGN section 2). */
import type { Dialect } from '../core/dialect.ts';
import { GatewayError } from '../core/errors.ts';
import type { Exchange } from '../core/exchange.ts';
import { scanBody } from '../core/scan-body.ts';
import { dialects } from '../dialects/index.ts';
import { match, type Match } from '../routing/match.ts';
import type { Failure } from '../routing/outcome.ts';
import { plan, type PlanGroup } from '../routing/plan.ts';
import type { Target } from '../routing/snapshot.ts';
import { runAttempt } from './attempt.ts';
import { NO_FACTS } from './attempt-end.ts';
import { walk, type Journey, type JourneyEnd } from './failover.ts';
import { failureCode, failureSentence } from './failure-text.ts';
import { boundRetryAfter, type FinalError } from './final-error.ts';
import { streamHead, upstreamHeaders } from './headers.ts';
import type { PipelinePorts } from './ports.ts';
import { bodyPolicy, openRecord, type RequestRecord } from './record.ts';
import { createRelay, type Relay } from './relay.ts';
import type { RuntimeSnapshot } from './runtime-snapshot.ts';
import { createStop } from './stop.ts';

/** Answers one chat request. Never rejects; the response has ended, or its client has left, when it resolves. */
export async function handleChat(exchange: Exchange, sequence: number, ports: PipelinePorts): Promise<void> {
  const snapshot = ports.snapshot();
  const policy = bodyPolicy(exchange, snapshot.bodies);
  const relay = createRelay(exchange.response, ports.clock, ports.limits, policy === 'full');
  const record = openRecord(exchange, relay, policy, sequence, ports);
  const dialect = dialects[exchange.dialect];
  const teller = { exchange, relay, record, dialect, ports };
  try {
    const end = await answer(exchange, dialect, snapshot, relay, record, ports);
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
  snapshot: RuntimeSnapshot,
  relay: Relay,
  record: RequestRecord,
  ports: PipelinePorts,
): Promise<JourneyEnd> {
  if (ports.draining()) throw shuttingDown();
  const body = scanBody(exchange.body);
  const facts = dialect.readRequest(body);
  record.asked(facts.model, facts.streamed);
  record.begin();

  const targets = await findTargets(facts.model, ports);
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

/** A model nobody lists may be new: stale lists are asked again once before the client is told so. */
async function findTargets(model: string, ports: PipelinePorts): Promise<readonly Target[]> {
  let found = match(model, ports.snapshot().routing);
  if (found.kind === 'unknown') {
    await ports.refreshModels();
    found = match(model, ports.snapshot().routing);
  }
  if (found.kind === 'targets') return found.targets;
  throw matchError(found);
}

function matchError(found: Exclude<Match, { kind: 'targets' }>): GatewayError {
  switch (found.kind) {
    case 'no-model':
      return new GatewayError('model_required', 'Name a model in `model`, or set routing.default_model.');
    case 'no-provider':
      return new GatewayError(
        'no_provider_configured',
        'No provider is set up. Add one with its key on the Providers page, or set a variable such as OPENAI_API_KEY.',
      );
    case 'no-key':
      return new GatewayError(
        'no_key_configured',
        `${found.provider} has no key that can be used for this model. Add or enable one on the Providers page.`,
      );
    case 'empty-alias':
      return new GatewayError(
        'model_not_found',
        `The alias ${JSON.stringify(found.alias)} leads to no model: no provider offers ${found.targets.join(', ')}. Correct its targets under models: in the configuration.`,
      );
    case 'unknown': {
      const hint =
        found.nearest.length === 0
          ? 'GET /v1/models lists what there is.'
          : `Did you mean ${found.nearest.join(', ')}?`;
      return new GatewayError(
        'model_not_found',
        `No provider offers the model ${JSON.stringify(found.model.slice(0, 200))}. ${hint}`,
      );
    }
  }
}

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

const shuttingDown = (): GatewayError =>
  new GatewayError('draining', 'The gateway is shutting down; send the request again.', { retryAfter: 5 });

interface Teller {
  readonly exchange: Exchange;
  readonly relay: Relay;
  readonly record: RequestRecord;
  readonly dialect: Dialect;
  readonly ports: PipelinePorts;
}

/** Ends the client's answer where the journey did not, and closes the log row. */
function tell(end: JourneyEnd, snapshot: RuntimeSnapshot, teller: Teller): void {
  const { relay, record, ports } = teller;
  const served = record.ledger.attempts.at(-1);
  const demo = served !== undefined && snapshot.providers.get(served.provider)?.demo === true;
  if (relay.left !== 'no' && end.kind !== 'delivered') {
    const stalled = relay.left === 'stalled';
    const facts = 'facts' in end ? end.facts : NO_FACTS;
    return record.finish({
      outcome: 'client-left',
      errorCode: stalled ? 'slow_reader' : 'client_left',
      errorMessage: stalled ? 'The client took nothing for too long.' : null,
      facts,
      demo,
    });
  }
  switch (end.kind) {
    case 'delivered':
      return record.finish({ outcome: 'ok', errorCode: null, errorMessage: null, facts: end.facts, demo });
    case 'cut': {
      const own = end.failure.kind === 'answer';
      return record.finish({
        outcome: own ? 'error' : 'cut',
        errorCode: end.judgement.reason,
        errorMessage: ports.redact(failureSentence(end.failure, record.ledger.attempts)),
        facts: end.facts,
        demo,
      });
    }
    case 'client-left':
    case 'stopped': {
      const error = ports.stopped.stopped
        ? new GatewayError('draining', 'The gateway is shutting down; send the request again.', {
            retryAfter: 5,
          })
        : new GatewayError(
            'deadline_exceeded',
            'All attempts together took longer than routing.deadline allows.',
          );
      sendError({ error, code: error.code, answer: null }, teller);
      const began = served?.firstContentAt !== null && served !== undefined;
      return record.finish({
        outcome: began ? 'cut' : 'error',
        errorCode: error.code,
        errorMessage: error.message,
        facts: end.facts,
        demo,
      });
    }
    case 'error':
      sendError(end.final, teller);
      return record.finish({
        // An answer that had begun upstream was cut, even if none of it was worth passing on.
        outcome: end.final.code === 'upstream_cut' && served?.status === 200 ? 'cut' : 'error',
        errorCode: end.final.code,
        errorMessage: ports.redact(end.final.error.message),
        facts: NO_FACTS,
        demo,
      });
  }
}

/** The upstream's own answer where it is passed on, else the dialect's envelope; in band once a head went out. */
function sendError(final: FinalError, { exchange, relay, record, dialect, ports }: Teller): void {
  const error = new GatewayError(final.error.code, ports.redact(final.error.message), {
    ...(final.error.retryAfter === undefined ? {} : { retryAfter: final.error.retryAfter }),
  });
  if (relay.committed) return relay.breakOff(dialect.renderErrorEvent(error, exchange.id));
  const attempts = record.ledger.attempts.length;
  const tally: Record<string, string> = attempts === 0 ? {} : { 'x-switchyard-attempts': String(attempts) };
  if (final.answer === null) {
    const rendered = dialect.renderError(error, exchange.id);
    return relay.answer(rendered.status, { ...rendered.headers, ...tally }, rendered.body);
  }
  // Unmodified, unless the upstream repeats a secret.
  const text = Buffer.from(final.answer.body).toString();
  const clean = ports.redact(text);
  relay.answer(
    final.answer.status,
    { ...boundRetryAfter(final.answer.headers), ...tally },
    clean === text ? final.answer.body : clean,
  );
}
