/** A chat read as it may be sent: looked through by the guards, with placeholders where they mask. */
import type { RequestFacts } from '../core/client-shape.ts';
import { scanBody, type ScannedBody } from '../core/scan-body.ts';
import type { Conducted } from './conduct.ts';
import { guardChat } from './guarding.ts';
import type { PipelinePorts } from './ports.ts';
import { readRequest, type ReadRequest } from './read-request.ts';

export interface GuardedChat {
  /** With the masked body, where something was masked. */
  readonly conducted: Conducted;
  readonly body: ScannedBody;
  readonly read: ReadRequest;
}

/** @throws GatewayError `query_too_long`, `content_blocked`; where something is guarded, whatever reading throws */
export async function readGuarded(
  conducted: Conducted,
  body: ScannedBody,
  facts: RequestFacts,
  ports: PipelinePorts,
): Promise<GuardedChat> {
  const { exchange, record } = conducted;
  const guarded = { body: exchange.body, warn: record.warn, masked: record.masked };
  let fit = conducted;
  let read = readRequest(conducted, facts, ports);
  const masked = await guardChat(
    guarded,
    (bytes) => {
      if (bytes !== fit.exchange.body) {
        fit = { ...conducted, exchange: { ...exchange, body: bytes } };
        read = readRequest(fit, facts, ports);
      }
      return read.canonical();
    },
    ports,
  );
  return { conducted: fit, body: masked === null ? body : scanBody(masked), read };
}
