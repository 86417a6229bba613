/** A request of the log that can be asked again: its body is there to the last byte. */
import type { RequestRow } from '../../../contract/log/row.ts';
import { refusal } from '../../../contract/rpc/errors.ts';
import type { RequestLog } from '../../core/log-store.ts';
import { refused } from '../../core/refusals.ts';
import { say } from '../../core/sayings.ts';

export interface WholeRequest {
  readonly row: RequestRow;
  readonly body: string;
}

/** What asks a model; rows of a file may say anything. */
const CALLS: readonly RegExp[] = [
  /^\/v1\/(?:chat\/completions|completions|responses|messages|embeddings)$/,
  /^\/v1\/(?:responses\/input_tokens|messages\/count_tokens)$/,
  /^\/v1\/(?:images|audio)\/[a-z][a-z0-9_-]{0,63}$/,
  /^\/v1(?:beta)?\/(?!.*\.\.)[\w./:%@~-]+:\w+$/,
  /^\/api\/(?:chat|generate)$/,
];

const WHY = {
  'not-kept': 'body-not-kept',
  truncated: 'body-cut',
  dropped: 'body-dropped',
} as const;

/** @throws RpcError `not_found`, or `conflict` with a sentence where the body is not whole */
export async function readWholeRequest(
  log: Pick<RequestLog, 'get' | 'body'>,
  id: string,
): Promise<WholeRequest> {
  const row = await log.get(id);
  const body = await log.body(id, 'request');
  if (row === undefined || body === undefined) {
    throw refused('no-request', { id });
  }
  if (body.state !== 'stored') {
    throw refusal('conflict', say(WHY[body.state]));
  }
  const [path = ''] = row.path.split('?');
  if (row.method !== 'POST' || !CALLS.some((call) => call.test(path))) {
    throw refusal('conflict', say('no-model-asked'));
  }
  return { row, body: body.text };
}
