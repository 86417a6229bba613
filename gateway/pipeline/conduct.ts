/** The frame around every request, whatever it asks for: its row, the client's side, its end told once. */
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { BodyPolicy } from '../../contract/config/schema.ts';
import type { ClientShape } from '../core/client-shape.ts';
import { GatewayError } from '../core/errors.ts';
import type { Exchange } from '../core/exchange.ts';
import { failed } from '../core/failed.ts';
import { admit, WORTH_REPEATING } from './admit.ts';
import type { JourneyEnd } from './failover.ts';
import type { PipelineLimits, PipelinePorts } from './ports.ts';
import { bodyPolicy, openRecord, type RequestRecord } from './record.ts';
import { createRelay, type Relay } from './relay.ts';
import { shuttingDown, tell } from './tell.ts';

/** Bytes of an answer that are held without being logged. */
const UNLOGGED_BYTES = 262_144;

/** One request under way. */
export interface Conducted {
  readonly exchange: Exchange;
  /** The client's format: its errors, its signs of life. */
  readonly shape: ClientShape;
  readonly relay: Relay;
  readonly record: RequestRecord;
  /** Runs once when the request has ended, however, and its client has taken the answer or is gone. */
  readonly atEnd: (act: () => void) => void;
}

/**
 * Never rejects; the response has ended, or its client has left, when it resolves.
 * @param answer does the work; what it throws is told to the client
 */
export async function conduct(
  exchange: Exchange,
  shape: ClientShape,
  sequence: number,
  ports: PipelinePorts,
  answer: (conducted: Conducted) => Promise<JourneyEnd>,
): Promise<void> {
  const snapshot = ports.snapshot();
  const policy = bodyPolicy(exchange, snapshot.bodies);
  const relay = createRelay(exchange.response, ports.clock, keptLimits(policy, ports.limits));
  const record = openRecord(exchange, relay, policy, sequence, ports);
  const atEnd: (() => void)[] = [];
  const teller = { exchange, relay, record, shape, ports };
  try {
    if (ports.draining()) throw shuttingDown();
    atEnd.push(admit(ports.load));
    tell(
      await answer({ exchange, shape, relay, record, atEnd: (act) => void atEnd.push(act) }),
      snapshot,
      teller,
    );
  } catch (error) {
    const known = error instanceof GatewayError ? error : internal(error, exchange, ports);
    const headers = known.code === 'gateway_overloaded' ? WORTH_REPEATING : {};
    tell(
      { kind: 'error', final: { error: known, code: known.code, answer: null, headers } },
      snapshot,
      teller,
    );
  } finally {
    relay.close();
    relay.whenTaken(() => {
      for (const act of atEnd) act();
    });
  }
}

/** Of what the log does not keep, the beginning is held while it runs: its tokens may have to be counted here, and paid. */
function keptLimits(policy: BodyPolicy, limits: PipelineLimits): PipelineLimits {
  return policy === 'full'
    ? limits
    : { ...limits, capturedBytes: Math.min(limits.capturedBytes, UNLOGGED_BYTES) };
}

function internal(error: unknown, exchange: Exchange, ports: PipelinePorts): GatewayError {
  ports.logger.error('a request failed inside the gateway', {
    request: exchange.id,
    error: ports.redact(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  });
  return failed('internal_error', remark('gateway-failed', { id: exchange.id }));
}
