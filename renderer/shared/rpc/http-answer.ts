/** One JSON exchange with the control plane over HTTP, its failures turned into errors with a code. */
import { errorOf, RpcError, type RpcResult } from '../../../contract/rpc/errors.ts';

export type Fetch = (path: string, init: RequestInit) => Promise<Response>;

/** The gateway did not answer at all, or not in its own way: stopped, restarted, or something in between. */
export class Unreachable extends RpcError {
  constructor(detail: string) {
    super('unavailable', detail);
    this.name = 'Unreachable';
  }
}

/**
 * Sends one request and unwraps `{ok, data}`. The engine is trusted, so only the envelope is checked.
 * @throws RpcError as the gateway said it, or `Unreachable`
 */
export async function exchange<T>(fetch: Fetch, path: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...init });
  } catch (error) {
    throw new Unreachable(error instanceof Error ? error.message : String(error));
  }
  return unwrap<T>(response);
}

async function unwrap<T>(response: Response): Promise<T> {
  let body: unknown;
  try {
    body = await response.json();
  } catch (error) {
    throw new Unreachable(error instanceof Error ? error.message : String(error));
  }
  if (!isResult<T>(body)) throw new Unreachable(`HTTP ${response.status} without an answer of the gateway`);
  if (body.ok) return body.data;
  throw errorOf(body.error);
}

/**
 * Sends one request whose answer is a stream of `{progress}` and, at its end, `{result}`.
 * @throws RpcError as the gateway said it, `Unreachable` when the stream breaks, the abort reason when aborted
 */
export async function exchangeStream<T>(
  fetch: Fetch,
  path: string,
  init: RequestInit,
  tell: (progress: unknown) => void,
): Promise<T> {
  const headers = new Headers(init.headers);
  headers.set('accept', 'text/event-stream');
  let found: RpcResult<T> | undefined;
  try {
    const response = await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...init, headers });
    if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true) {
      return await unwrap<T>(response);
    }
    for await (const line of linesOf(response)) {
      const message: unknown = JSON.parse(line);
      if (typeof message !== 'object' || message === null) continue;
      if ('progress' in message) tell(message.progress);
      else if ('result' in message && isResult<T>(message.result)) found = message.result;
    }
  } catch (error) {
    if (error instanceof RpcError || init.signal?.aborted === true) throw error;
    throw new Unreachable(error instanceof Error ? error.message : String(error));
  }
  if (found === undefined) throw new Unreachable('the answer broke off');
  if (found.ok) return found.data;
  throw errorOf(found.error);
}

/** Data lines of our own event stream: one line an event. */
async function* linesOf(response: Response): AsyncGenerator<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const chunk = await reader?.read();
    if (chunk === undefined || chunk.done) return;
    const lines = (rest + chunk.value).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('data: ')) yield line.slice('data: '.length);
  }
}

/** The JSON of a POST. */
export function post(input: unknown, headers: Readonly<Record<string, string>> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(input),
  };
}

function isResult<T>(value: unknown): value is RpcResult<T> {
  if (typeof value !== 'object' || value === null || !('ok' in value)) return false;
  if (value.ok === true) return 'data' in value;
  return value.ok === false && 'error' in value && typeof value.error === 'object' && value.error !== null;
}
