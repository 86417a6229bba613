/** What stands at `/` when the host has no page there: tools ask it whether anybody is listening. */
import type { Route } from '../route.ts';

export const rootRoute: Route = {
  method: 'GET',
  path: '/',
  access: 'page',
  body: 'none',
  errors: 'openai-chat',
  handle(ctx) {
    ctx.type = 'text/plain; charset=utf-8';
    ctx.body = 'Switchyard is running. Point your tools at /v1.\n';
  },
};
