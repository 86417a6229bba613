/** The calls of the control plane over HTTP. Everything a call means is decided behind `control.call`. */
import type { ServerResponse } from 'node:http';
import type { ControlPlane, Route } from '../../gateway/index.ts';
import { answer } from './answer.ts';
import { jsonInput } from './json-input.ts';

/**
 * `POST /admin/rpc/<domain>.<verb>` with the input as JSON. A client that accepts `text/event-stream` hears
 * what the procedure tells on the way, as `data: {"progress": ...}`, then `data: {"result": ...}`; leaving
 * takes the call back.
 */
export function rpcRoute(control: ControlPlane): Route {
  return {
    method: 'POST',
    path: '/admin/rpc/:name',
    access: 'session',
    body: 'json',
    errors: 'control',
    async handle(ctx, { params, body }) {
      const input = jsonInput(body);
      const name = params['name'] ?? '';
      if (!input.ok) return answer(ctx, input);
      if (ctx.get('accept') !== 'text/event-stream') return answer(ctx, await control.call(name, input.data));
      ctx.respond = false;
      await stream(ctx.res, control, name, input.data);
    },
  };
}

/** Progress that a slow reader has not taken is held by the socket up to this, bytes; then the call is taken back. */
const LONGEST_BACKLOG = 16_777_216;

async function stream(
  response: ServerResponse,
  control: ControlPlane,
  name: string,
  input: unknown,
): Promise<void> {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  // The head goes out at once: a caller that hears nothing for long knows that it was heard.
  response.flushHeaders();
  const acts: (() => void)[] = [];
  let cancelled = false;
  response.once('close', () => {
    cancelled = true;
    for (const act of acts) act();
  });
  const write = (message: object): void => {
    if (cancelled) return;
    response.write(`data: ${JSON.stringify(message)}\n\n`);
    if (response.writableLength > LONGEST_BACKLOG) response.destroy();
  };
  const result = await control.call(name, input, {
    get cancelled() {
      return cancelled;
    },
    onCancel(act) {
      if (cancelled) act();
      else acts.push(act);
    },
    tell: (progress) => write({ progress }),
  });
  acts.length = 0;
  write({ result });
  response.end();
}
