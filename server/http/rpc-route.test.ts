/** Calls that tell their caller how far they are, over HTTP. */
import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Call } from '../../contract/rpc/define.ts';
import type { RpcResult } from '../../contract/rpc/errors.ts';
import { serveRoutes, type ServedRoutes } from '../../gateway/testing/serve-routes.ts';
import { createFakeControl } from '../testing/fake-control.ts';
import { rpcRoute } from './rpc-route.ts';

/** The call under way, and how to end it. */
let running: { readonly call: Call<unknown>; readonly end: (result: RpcResult<unknown>) => void } | undefined;
let served: ServedRoutes;

beforeEach(async () => {
  running = undefined;
  const control = {
    ...createFakeControl(),
    call: (_name: string, _input: unknown, call?: Call<unknown>) =>
      new Promise<RpcResult<unknown>>((end) => {
        if (call !== undefined) running = { call, end };
        else end({ ok: true, data: 'quiet' });
      }),
  };
  served = await serveRoutes([rpcRoute(control)], { sessionOf: () => ({ id: 's', csrf: 'c' }) });
});
afterEach(() => served.close());

const HEADERS = { 'content-type': 'application/json', 'x-switchyard-csrf': 'c' };

function start(accept: string) {
  const sent = request({
    port: served.port,
    path: '/admin/rpc/some.thing',
    method: 'POST',
    headers: { ...HEADERS, accept },
  });
  sent.end('{}');
  return sent;
}

const answerTo = (sent: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve) => sent.once('response', resolve));

it('tells progress as it comes, then the result', async () => {
  const sent = start('text/event-stream');
  const response = await answerTo(sent);
  response.setEncoding('utf8');
  running?.call.tell({ done: 1 });
  expect(String((await once(response, 'data'))[0])).toBe('data: {"progress":{"done":1}}\n\n');
  running?.end({ ok: false, error: { code: 'conflict', message: 'no' } });
  let rest = '';
  response.on('data', (text: string) => (rest += text));
  await once(response, 'end');
  expect(rest).toBe('data: {"result":{"ok":false,"error":{"code":"conflict","message":"no"}}}\n\n');
});

it('is taken back when its caller leaves, and tells nobody any more', async () => {
  const sent = start('text/event-stream');
  await answerTo(sent);
  const cancelled = new Promise<void>((resolve) => running?.call.onCancel(resolve));
  sent.destroy();
  await cancelled;
  expect(running?.call.cancelled).toBe(true);
  running?.call.tell('into the void');
  running?.end({ ok: true, data: null });
});

it('lets go of a caller that takes nothing', async () => {
  const sent = start('text/event-stream');
  const response = await answerTo(sent);
  response.pause();
  const cancelled = new Promise<void>((resolve) => running?.call.onCancel(resolve));
  const piece = 'x'.repeat(1_048_576);
  for (let count = 0; count < 40 && running?.call.cancelled === false; count += 1) running.call.tell(piece);
  await cancelled;
  sent.destroy();
});

it('answers as one JSON text whoever does not ask for a stream', async () => {
  const response = await fetch(`${served.url}/admin/rpc/some.thing`, {
    method: 'POST',
    headers: HEADERS,
    body: '{}',
  });
  expect(await response.json()).toEqual({ ok: true, data: 'quiet' });
});
