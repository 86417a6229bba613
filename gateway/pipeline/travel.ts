/** The walk of one request over its plan, under the deadline and the end of the process. */
import type { NamedKey } from '../../contract/log/key-name.ts';
import type { GatewayError } from '../core/errors.ts';
import type { RuntimeKey, RuntimeProvider } from '../core/runtime-provider.ts';
import { startWatchdog } from '../core/watchdog.ts';
import type { ResponseFacts } from '../core/usage.ts';
import { failed } from '../core/failed.ts';
import { redactTold } from '../core/redact-told.ts';
import type { Failure } from '../routing/outcome.ts';
import type { PlanGroup } from '../routing/plan.ts';
import { runAttempt } from './attempt.ts';
import { costHeader, lookUpPrice } from './bill.ts';
import { learn } from './learn.ts';
import type { Conducted } from './conduct.ts';
import { walk, type Journey, type JourneyEnd } from './failover.ts';
import { brokenSentence, failureCode } from './failure-text.ts';
import { streamHead, upstreamHeaders } from './headers.ts';
import type { PipelinePorts } from './ports.ts';
import type { PreparedCall } from './prepare.ts';
import type { RuntimeSnapshot } from './runtime-snapshot.ts';
import { createStop } from './stop.ts';

/** Where a request can go, and what is sent there. */
export interface Itinerary {
  readonly groups: readonly PlanGroup[];
  /** What was asked for, and what a rule made of it: aliases, where they are. */
  readonly names: readonly string[];
  readonly snapshot: RuntimeSnapshot;
  /** The client wants to read the answer while it is written. */
  readonly streamed: boolean;
  /** It leaves something behind at its provider. */
  readonly job: boolean;
  readonly prepare: Journey['prepare'];
  /** Hears of the call that answered. */
  readonly delivered?: (
    call: PreparedCall,
    group: PlanGroup,
    provider: RuntimeProvider,
    key: RuntimeKey,
    facts: ResponseFacts,
  ) => void;
}

export async function travel(
  { exchange, shape, relay, record }: Conducted,
  { groups, snapshot, streamed, job, prepare, delivered }: Itinerary,
  ports: PipelinePorts,
): Promise<JourneyEnd> {
  const own = { 'x-request-id': exchange.id };
  if (streamed) {
    const { framing } = exchange.path;
    relay.keepAlive(shape.heartbeat(framing), streamHead(shape.streamType(framing), own));
  }
  lookUpPrice(groups, snapshot, ports);
  record.ledger.job = job;
  const stop = createStop();
  const deadline = startWatchdog(ports.clock, snapshot.deadline, stop.stop);
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
    counted: 0,
    warn: record.warn,
    refused: null,
    prepare,
    async attempt(call, group, provider, key, how) {
      const { instance, version } = ports;
      const { url, reading, body, endpoint, relayed, contentType, accept, dropped = [] } = call;
      const end = await runAttempt(
        {
          ...how,
          provider,
          url,
          reading,
          body,
          headers: upstreamHeaders(exchange.request.headers, endpoint, key, {
            streamed,
            relayed,
            instance,
            version,
            ...(contentType === undefined ? {} : { contentType }),
            ...(accept === undefined ? {} : { accept }),
          }),
          streamed,
          ownHeaders: {
            ...own,
            // Of a relayed answer the upstream's own id is the one to ask about.
            ...(relayed || shape.idHeader === undefined ? {} : { [shape.idHeader]: exchange.id }),
            ...servedBy(group, record.ledger.attempts.length + 1),
            ...(dropped.length === 0 ? {} : { 'x-switchyard-dropped': dropped.join(', ') }),
          },
          headersOf: (facts) =>
            streamed ? {} : costHeader({ provider, model: group.model }, facts, record.ledger.counted, ports),
          errorFor: (failure) =>
            errorFor(failure, { provider: provider.id, keyFingerprint: key.fingerprint }, ports),
          stop,
        },
        relay,
        ports,
      );
      learn(end, group, streamed, ports);
      if (end.kind === 'delivered') delivered?.(call, group, provider, key, end.facts);
      return end;
    },
  };
  try {
    return await walk(journey, ports);
  } finally {
    deadline.stop();
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

function errorFor(failure: Failure, who: NamedKey, ports: PipelinePorts): GatewayError {
  return failed(failureCode(failure), redactTold(brokenSentence(failure, who), ports.redact));
}
