/** Probes: `/health` for people and the source documents, `/ready` for orchestrators. */
import type { Context } from 'koa';
import type { Route, Visit } from '../route.ts';

export interface Readiness {
  /** False while starting and draining. */
  readonly healthy: boolean;
  /** False also while the data plane answers nobody. */
  readonly ready: boolean;
  /** State of the parts, for a person with a session; JSON values without secrets. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Both answer 200 when it is so and 503 when not; strangers learn nothing more. */
export function healthRoutes(readiness: () => Readiness): readonly Route[] {
  const probe = (path: string, asked: 'healthy' | 'ready', bad: string): Route => ({
    method: 'GET',
    path,
    access: 'health',
    body: 'none',
    errors: 'control',
    handle(ctx: Context, visit: Visit) {
      const found = readiness();
      const good = found[asked];
      ctx.status = good ? 200 : 503;
      ctx.set('cache-control', 'no-store');
      ctx.body = { status: good ? asked : bad, ...(visit.session === null ? {} : { detail: found.detail }) };
    },
  });
  return [probe('/health', 'healthy', 'unhealthy'), probe('/ready', 'ready', 'not ready')];
}
