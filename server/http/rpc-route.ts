/** The calls of the control plane over HTTP. Everything a call means is decided behind `control.call`. */
import type { ControlPlane, Route } from '../../gateway/index.ts';
import { answer } from './answer.ts';
import { jsonInput } from './json-input.ts';

/** `POST /admin/rpc/<domain>.<verb>` with the input as JSON. */
export function rpcRoute(control: ControlPlane): Route {
  return {
    method: 'POST',
    path: '/admin/rpc/:name',
    access: 'session',
    body: 'json',
    errors: 'control',
    async handle(ctx, { params, body }) {
      const input = jsonInput(body);
      answer(ctx, input.ok ? await control.call(params['name'] ?? '', input.data) : input);
    },
  };
}
