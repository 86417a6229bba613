/** The end of a request: what the client is told where the journey did not tell it, and the log row closed. */
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { ClientShape } from '../core/client-shape.ts';
import type { GatewayError } from '../core/errors.ts';
import type { Exchange } from '../core/exchange.ts';
import { failed, toldOfError } from '../core/failed.ts';
import { redactTold } from '../core/redact-told.ts';
import { NO_FACTS } from './attempt-end.ts';
import type { JourneyEnd } from './failover.ts';
import { failureSentence } from './failure-text.ts';
import { boundRetryAfter, type FinalError } from './final-error.ts';
import type { PipelinePorts } from './ports.ts';
import type { RequestRecord } from './record.ts';
import type { Relay } from './relay.ts';
import type { RuntimeSnapshot } from './runtime-snapshot.ts';

/** The answer to whoever comes, or is still there, when the process ends. */
export const shuttingDown = (): GatewayError => failed('draining', remark('gateway-ends'), { retryAfter: 5 });

/** What telling the end needs. */
export interface Teller {
  readonly exchange: Exchange;
  readonly relay: Relay;
  readonly record: RequestRecord;
  readonly shape: ClientShape;
  readonly ports: PipelinePorts;
}

/** Ends the client's answer where the journey did not, and closes the log row. */
export function tell(end: JourneyEnd, snapshot: RuntimeSnapshot, teller: Teller): void {
  const { relay, record, ports } = teller;
  const served = record.ledger.attempts.at(-1);
  const demo = served !== undefined && snapshot.providers.get(served.provider)?.demo === true;
  if (relay.left !== 'no' && end.kind !== 'delivered') {
    const stalled = relay.left === 'stalled';
    const facts = 'facts' in end ? end.facts : NO_FACTS;
    return record.finish({
      outcome: 'client-left',
      errorCode: stalled ? 'slow_reader' : 'client_left',
      error: stalled ? remark('client-stalled') : null,
      facts,
      demo,
    });
  }
  switch (end.kind) {
    case 'delivered':
      return record.finish({ outcome: 'ok', errorCode: null, error: null, facts: end.facts, demo });
    case 'cut': {
      const own = end.failure.kind === 'answer';
      return record.finish({
        outcome: own ? 'error' : 'cut',
        errorCode: end.judgement.reason,
        error: redactTold(failureSentence(end.failure, record.ledger.attempts), ports.redact),
        facts: end.facts,
        demo,
      });
    }
    case 'client-left':
    case 'stopped': {
      const error = ports.stopped.stopped
        ? shuttingDown()
        : failed('deadline_exceeded', remark('deadline-over'));
      sendError({ error, code: error.code, answer: null }, teller);
      const began = served?.firstContentAt !== null && served !== undefined;
      return record.finish({
        outcome: began ? 'cut' : 'error',
        errorCode: error.code,
        error: toldOfError(error),
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
        error: redactTold(toldOfError(end.final.error), ports.redact),
        facts: NO_FACTS,
        demo,
      });
  }
}

/** The upstream's own answer where it is passed on, else the dialect's envelope; in band once a head went out. */
function sendError(final: FinalError, { exchange, relay, record, shape, ports }: Teller): void {
  const error = failed(final.error.code, redactTold(toldOfError(final.error), ports.redact), {
    ...(final.error.retryAfter === undefined ? {} : { retryAfter: final.error.retryAfter }),
    ...(final.error.field === undefined ? {} : { field: final.error.field }),
  });
  if (relay.committed) {
    return relay.breakOff(shape.renderErrorEvent(error, exchange.id, exchange.path.framing));
  }
  const attempts = record.ledger.attempts.length;
  const tally: Record<string, string> = {
    ...(attempts === 0 ? {} : { 'x-switchyard-attempts': String(attempts) }),
    ...final.headers,
  };
  if (final.answer === null) {
    const rendered = shape.renderError(error, exchange.id);
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
