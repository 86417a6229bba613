/** Requests that come back to the gateway that sent them. */
import type { IncomingHttpHeaders } from 'node:http';
import { GatewayError } from '../../core/errors.ts';
import { HOP_HEADER } from '../../pipeline/headers.ts';

/**
 * @param instance this process, as its requests to upstreams name it
 * @throws GatewayError `loop_detected` when this very process is among the gateways a request went through
 */
export function refuseLoop(headers: IncomingHttpHeaders, instance: string): void {
  const hops = String(headers[HOP_HEADER] ?? '').split(',');
  if (!hops.some((hop) => hop.trim() === instance)) return;
  throw new GatewayError(
    'loop_detected',
    'This request came back to the gateway that sent it: the base_url of one of its providers leads to itself.',
  );
}
