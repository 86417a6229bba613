/** Probes: `/health` for people and the source documents, `/ready` for orchestrators. */
import type { Context } from 'koa';
import type { Route, Visit } from '../route.ts';

export interface Readiness {
  /** False while starting and draining. */
  readonly ready: boolean;
  /** State of the parts, for a person with a session; JSON values without secrets. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Both answer 200 when ready and 503 when not; strangers learn nothing more. */
export function healthRoutes(readiness: () => Readiness): readonly Route[] {
  const probe = (path: string, good: string, bad: string): Route => ({
    method: 'GET',
    path,
    access: 'health',
    body: 'none',
    errors: 'control',
    handle(ctx: Context, visit: Visit) {
      const { ready, detail } = readiness();
      ctx.status = ready ? 200 : 503;
      ctx.set('cache-control', 'no-store');
      ctx.body = { status: ready ? good : bad, ...(visit.session === null ? {} : { detail }) };
    },
  });
  return [probe('/health', 'healthy', 'unhealthy'), probe('/ready', 'ready', 'not ready')];
}
