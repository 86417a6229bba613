/** `/metrics`: measurements for Prometheus, under the same guard as the data plane. */
import { EXPOSITION_TYPE, exposition, type Family } from '../../core/exposition.ts';
import type { Route } from '../route.ts';

export function metricsRoute(families: () => readonly Family[]): Route {
  return {
    method: 'GET',
    path: '/metrics',
    access: 'data',
    body: 'none',
    errors: 'control',
    handle(ctx) {
      ctx.status = 200;
      ctx.set('cache-control', 'no-store');
      ctx.type = EXPOSITION_TYPE;
      ctx.body = exposition(families());
    },
  };
}
