/** Lets a client's request in, or tells it when the next one may come. */
import type { ClientLimits, Crowded } from '../core/client-limits.ts';
import type { GatewayError } from '../core/errors.ts';
import { toldError } from '../core/told-error.ts';
import type { Conducted } from './conduct.ts';
import type { PipelinePorts } from './ports.ts';

/** No client is told to wait longer, s. */
const LONGEST_WAIT = 60;

/** Its place is free again when the request has ended. @throws GatewayError `client_limit_exceeded` */
export function admitClient({ exchange, atEnd }: Conducted, ports: PipelinePorts): void {
  const { client } = exchange;
  if (client === null) return;
  const { rpm = 0, max_concurrency: atOnce = 0 } = client;
  if (rpm === 0 && atOnce === 0) return;
  const limits = { rpm, atOnce };
  const place = ports.clients.take(client.id, limits);
  if (place.kind !== 'taken') throw clientRefused(client.id, limits, place);
  atEnd(place.release);
}

export function clientRefused(id: string, { rpm, atOnce }: ClientLimits, crowded: Crowded): GatewayError {
  if (crowded.kind === 'too-many-at-once') {
    return toldError(
      'client_limit_exceeded',
      `The client ${id} may have ${atOnce} requests under way, and has. Wait for one to end, or raise max_concurrency of this client.`,
      'client-at-once',
      { client: id, count: atOnce },
      { retryAfter: 1 },
    );
  }
  const seconds = Math.max(1, Math.min(LONGEST_WAIT, Math.ceil(crowded.wait / 1_000)));
  return toldError(
    'client_limit_exceeded',
    `The client ${id} may send ${rpm} requests a minute, and has. Try again in ${seconds} s, or raise rpm of this client.`,
    'client-a-minute',
    { client: id, rpm, seconds },
    { retryAfter: seconds },
  );
}
