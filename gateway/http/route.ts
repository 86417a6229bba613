/** A route declares who may use it; the guard reads that and nothing else, so no route can be forgotten. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Context } from 'koa';
import type { ClientConfig } from '../../contract/config/schema.ts';
import type { ClientShapeId } from '../core/client-shape.ts';

/**
 * - `health`: anybody, on any Host; shows no detail without a session
 * - `data`: the data plane: a client key where one is configured or the bind is not loopback
 * - `session`: a session of the control plane; a client key is never one
 * - `page`: the user interface's own files and its log-in: no key, no session, no data
 */
export type RouteAccess = 'health' | 'data' | 'session' | 'page';

/** How errors are written: in a client's format, or in the control plane's plain one. */
export type ErrorEnvelope = ClientShapeId | 'control';

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE' | 'HEAD';
  /** A path of @koa/router: `/v1/models/:id`, `/{*path}`, `/x\\:y`. The first route that fits is taken. */
  readonly path: string;
  readonly access: RouteAccess;
  /** Bodies this route takes: `media` is JSON or `multipart/form-data`; `none` where it reads no body. */
  readonly body: 'none' | 'json' | 'media';
  readonly errors: ErrorEnvelope;
  /** The envelope where only the request's headers tell the caller's format; goes before `errors`. */
  readonly errorsFor?: (headers: IncomingHttpHeaders) => ClientShapeId;
  /**
   * Runs after the guard, with the body already read: `ctx.req` has ended unless `body` is `none`.
   * A thrown GatewayError becomes this route's error envelope, anything else a logged 500.
   */
  handle(ctx: Context, visit: Visit): Promise<void> | void;
}

/** What the HTTP surface found out about a request before its route runs. */
export interface Visit {
  /** Id of the request, `req_...`; also in the answer's `x-request-id`. */
  readonly id: string;
  /** Values of the path's parameters, percent-decoded once. Also in `ctx.params`. */
  readonly params: Readonly<Record<string, string>>;
  /** The client whose key was brought to a `data` route; null where no key is needed, and on other routes. */
  readonly client: ClientConfig | null;
  /** The session behind a `session` route, and behind a `health` route where there is one; else null. */
  readonly session: Session | null;
  /** The whole body within the limits, decompressed; empty where the route reads none. Not yet parsed. */
  readonly body: Uint8Array;
  /** Monotonic and wall clock when the head of the request had arrived, ms. */
  readonly arrivedAt: number;
  readonly arrivedAtWall: number;
}

/** Who is behind a session of the control plane. */
export interface Session {
  readonly id: string;
  /** Token that state-changing calls must bring in `x-switchyard-csrf`. */
  readonly csrf: string;
}
