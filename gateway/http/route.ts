/** A route declares who may use it; the guard reads that and nothing else, so no route can be forgotten. */
import type { Context } from 'koa';

/**
 * - `health`: anybody, on any Host; shows no detail without a session
 * - `data`: the data plane: a client key where one is configured or the bind is not loopback
 * - `session`: a session of the control plane; a client key is never one
 * - `page`: the user interface's own files and its log-in: no key, no session, no data
 */
export type RouteAccess = 'health' | 'data' | 'session' | 'page';

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE' | 'HEAD';
  /** A path of @koa/router: `/v1/models/:id`, `/{*path}`. */
  readonly path: string;
  readonly access: RouteAccess;
  /** Bodies this route takes; `none` where it reads no body. */
  readonly body: 'none' | 'json';
  /** Error envelope of this route: a dialect's, or the control plane's plain one. */
  readonly errors: 'openai-chat' | 'control';
  handle(ctx: Context): Promise<void> | void;
}

/** Who is behind a session of the control plane. */
export interface Session {
  readonly id: string;
  /** Token that state-changing calls must bring in `x-switchyard-csrf`. */
  readonly csrf: string;
}
