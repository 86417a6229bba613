/** Sends a request of the log once more, through the gateway's own door and so with no client's key or limits. */
import type { Call } from '../../../contract/rpc/define.ts';
import type { ReplayEnd, ReplaySent } from '../../../contract/rpc/procedures/request-transfer.ts';
import type { RequestRow } from '../../../contract/log/row.ts';
import { GatewayError } from '../../core/errors.ts';
import type { RequestLog } from '../../core/log-store.ts';
import { scanBody } from '../../core/scan-body.ts';
import { splice } from '../../core/splice.ts';
import { bodyRefused } from '../body-refused.ts';
import type { PlaygroundPorts } from '../playground-ports.ts';
import { sendToSelf } from '../playground-request.ts';
import { readWholeRequest, type WholeRequest } from './whole-request.ts';

/** Where the row of the new request says which one it repeats. */
const REPLAY_HEADER = 'x-switchyard-replay-of';
/** Headers that say how the body is meant. Credentials were never kept, and everything else was the client's own. */
const KEPT = /^(?:content-type|accept|anthropic-(?:version|beta)|openai-beta)$/;
/** The row comes with the last byte of an answer or right behind it, ms. */
const ROW_WAIT = 500;

export interface ReplayPorts extends Pick<PlaygroundPorts, 'connect' | 'rows'> {
  readonly log: Pick<RequestLog, 'get' | 'body'>;
}

export interface Replay {
  readonly id: string;
  readonly model?: string | undefined;
  readonly body?: string | undefined;
}

/** @throws RpcError where the row is not there, not whole, or cannot be changed like that */
export async function replay(
  asked: Replay,
  call: Call<ReplaySent>,
  { log, connect, rows }: ReplayPorts,
): Promise<ReplayEnd> {
  const { path, body, headers } = changed(await readWholeRequest(log, asked.id), asked);
  const { id, socket } = connect();
  const followed = rows.follow(id);
  let status: number | null = null;
  const request = {
    path,
    body,
    program: 'Switchyard-Replay',
    headers: { ...headers, [REPLAY_HEADER]: asked.id },
  };
  const sent = sendToSelf(socket, request, {
    head(told) {
      status = told;
    },
    // Nobody reads along: the row has the answer.
    data: () => undefined,
  });
  call.tell({ requestId: id });
  call.onCancel(() => sent.abort());
  try {
    await sent.over;
    const row = await followed.take(ROW_WAIT);
    return { requestId: id, outcome: outcomeOf(row, status), status };
  } finally {
    followed.forget();
  }
}

function outcomeOf(row: RequestRow | null, status: number | null): ReplayEnd['outcome'] {
  if (row !== null && row.outcome !== 'live') return row.outcome;
  return status === null ? 'client-left' : status < 400 ? 'ok' : 'error';
}

/** The request as it is to be sent. */
function changed(
  { row, body }: WholeRequest,
  { model, body: edited = body }: Replay,
): { readonly path: string; readonly body: Uint8Array; readonly headers: Readonly<Record<string, string>> } {
  const headers = Object.fromEntries(Object.entries(row.requestHeaders).filter(([name]) => KEPT.test(name)));
  const bytes = Buffer.from(edited);
  if (model === undefined) return { path: row.path, body: bytes, headers };
  const [address = '', ...query] = row.path.split('?');
  // Gemini's addresses name the model.
  const named = /^(\/v1(?:beta)?\/(?:models\/)?).+(:\w+)$/.exec(address);
  if (named !== null) {
    const [, before = '', after = ''] = named;
    const path = [`${before}${encodeURIComponent(model)}${after}`, ...query].join('?');
    return { path, body: bytes, headers };
  }
  return { path: row.path, body: withModel(bytes, model), headers };
}

function withModel(bytes: Uint8Array, model: string): Uint8Array {
  try {
    const { members, insertAt, empty } = scanBody(bytes);
    const text = JSON.stringify(model);
    const edit =
      members.model === undefined
        ? { start: insertAt, end: insertAt, text: `"model":${text}${empty ? '' : ','}` }
        : { ...members.model, text };
    return Buffer.concat(splice(bytes, [edit]).chunks);
  } catch (error) {
    if (error instanceof GatewayError) throw bodyRefused(error, 'body');
    throw error;
  }
}
