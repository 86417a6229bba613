/** The HTTP surface: every request goes through this one story, whatever its path. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import Koa, { type Context } from 'koa';
import { GatewayError } from '../core/errors.ts';
import type { Clock, Logger, Random } from '../core/ports.ts';
import { LINGER_LIMITS, sendAnswer, type LingerLimits } from './answer.ts';
import { allowReading, answerPreflight } from './cors.ts';
import { renderError } from './envelope.ts';
import { createAddressCheck } from './middleware/address-list.ts';
import { judge, type Lookups } from './middleware/guard.ts';
import { refuseLoop } from './middleware/loop.ts';
import { refuseWhilePaused } from './middleware/pause.ts';
import { hasBody, requestFacts } from './middleware/request-facts.ts';
import { createSecretMatch } from './middleware/secret-match.ts';
import { BODY_LIMITS, readBody, type BodyLimits } from './read-body.ts';
import { makeRequestId } from './request-id.ts';
import { logRequest, pathOf } from './request-line.ts';
import type { Route, RouteAccess, Session } from './route.ts';
import { createRouteTable, noRoute, type FoundRoute } from './route-table.ts';
import { rootRoute } from './routes/root.ts';
import type { HttpSettings } from './settings.ts';
import { whenItsTurn } from './turn.ts';

export interface HttpAppOptions {
  /** Routes of the data plane and of the host. The first that fits a request is taken. */
  readonly routes: readonly Route[];
  /** There is nothing but these routes, not even the line at `/`; the sentence tells so whoever asks for more. */
  readonly only?: string;
  /** The settings in force now; asked once per request. */
  readonly settings: () => HttpSettings;
  /** The control-plane session a request carries; null without one. */
  readonly sessionOf: (request: IncomingMessage) => Session | null;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Takes secrets out of a text that goes to the log. */
  readonly redact: (text: string) => string;
  /** True while the user lets nobody use the data plane. */
  readonly paused: () => boolean;
  /** This process, as its own requests to upstreams name it. */
  readonly instance: string;
  /** Id of a request that the gateway sends to itself, told by its connection; absent: there are none. */
  readonly innerId?: (connection: Duplex) => string | undefined;
  /** Scaled down by tests. */
  readonly bodyLimits?: BodyLimits;
  readonly lingerLimits?: LingerLimits;
  readonly pageStall?: number;
}

export interface HttpApp {
  /** For `request` and `checkContinue` of a server. Never throws; the response always ends. */
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
  /** Every route there is, for tests that must reach all of them. */
  readonly routes: readonly Route[];
}

/** What became of a request, for its log line. */
interface Told {
  code: string | null;
  client: string | null;
}

/** A log-in is all that anybody at all may send, and it is short. */
const PAGE_BODY_BYTES = 65_536;
/** Whoever is logged in sends bodies of clients as texts in a JSON of their own, with every quote escaped. */
const SESSION_TIMES = 2;

/** Anybody may ask for a page, and whoever takes nothing of it for so long has it no more, ms. */
const PAGE_STALL = 60_000;

/** Headers set here before the route ran. */
const OUTLIVES_ERROR = /^(?:access-control-.*|vary|allow|x-request-id)$/;

export function createHttpApp(options: HttpAppOptions): HttpApp {
  const { clock, logger } = options;
  // Last, so that a page of the host at `/` comes first.
  const table = createRouteTable(
    options.only === undefined ? [...options.routes, rootRoute] : options.routes,
  );
  const secrets = createSecretMatch(randomBytes(32));
  const addressListed = createAddressCheck();
  const bodyLimits = options.bodyLimits ?? BODY_LIMITS;
  const { pageStall = PAGE_STALL } = options;
  const lingerLimits = options.lingerLimits ?? LINGER_LIMITS;

  const koa = new Koa();
  // Koa reports broken connections here; without a listener it prints them to the console.
  koa.on('error', (error: unknown) =>
    logger.debug('A connection broke', { error: options.redact(textOf(error)) }),
  );

  koa.use(async (ctx) => {
    const arrivedAt = clock.monotonic();
    const arrivedAtWall = clock.wall();
    const innerId = options.innerId?.(ctx.req.socket);
    const id = innerId ?? makeRequestId(options.random);
    const found = table.find(ctx.method, pathOf(ctx.req.url ?? ''));
    const told: Told = { code: null, client: null };
    ctx.set('x-request-id', id);
    if (found.access === 'page') ctx.res.setTimeout(pageStall, () => ctx.res.destroy());
    try {
      await serve(ctx, found, { id, arrivedAt, arrivedAtWall }, innerId !== undefined, told);
    } catch (error) {
      const known = error instanceof GatewayError ? error : internal(error, id);
      told.code = known.code;
      fail(ctx, found, known, id);
    }
    // Pages and probes would drown the requests people look for.
    const level = found.access === 'data' || told.code !== null ? 'info' : 'debug';
    const { res } = ctx;
    logRequest(
      logger,
      {
        id,
        method: ctx.method,
        target: ctx.req.url ?? '',
        status: told.code === 'client_left' || (res.destroyed && !res.headersSent) ? 499 : res.statusCode,
        ...told,
        responseTime: clock.monotonic() - arrivedAt,
      },
      level,
    );
  });

  /** Guard, then body, then route. @throws GatewayError for whatever is refused */
  async function serve(
    ctx: Context,
    found: FoundRoute,
    arrival: { readonly id: string; readonly arrivedAt: number; readonly arrivedAtWall: number },
    inner: boolean,
    told: Told,
  ): Promise<void> {
    const { req, res } = ctx;
    const settings = options.settings();
    const takesMedia = found.route?.body === 'media';
    const verdict = judge(
      requestFacts(req, inner),
      found.access,
      settings,
      lookups(req, settings),
      takesMedia,
    );
    if (verdict.kind === 'preflight') {
      ctx.respond = false;
      const methods = found.methods.length === 0 ? ['GET', 'POST'] : found.methods;
      return answerPreflight(res, verdict.readableBy, methods, ctx.get('access-control-request-headers'));
    }
    if (verdict.readableBy !== null) allowReading(res, verdict.readableBy);
    if (verdict.kind === 'refuse') throw verdict.error;
    const { client, session } = verdict;
    told.client = client?.id ?? null;
    refuseWhilePaused(found.access, options.paused());

    const { route, params } = found;
    if (route === null) {
      if (found.methods.length > 0) ctx.set('allow', found.methods.join(', '));
      throw noRoute(ctx.method, pathOf(req.url ?? ''), found.methods, options.only);
    }
    if (route.access === 'data') refuseLoop(req.headers, options.instance);
    const body = await bodyOf(route, req, res);
    ctx.params = params;
    await route.handle(ctx, { ...arrival, params, client, session, body });
  }

  function lookups(request: IncomingMessage, settings: HttpSettings): Lookups {
    return {
      findClient: (presented) => secrets.findClient(settings.clients, presented),
      session: () => options.sessionOf(request),
      equal: secrets.equal,
      addressAllowed: (peer) => addressListed(settings.allowedIps, peer),
    };
  }

  async function bodyOf(
    route: Route,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<Uint8Array> {
    if (route.body !== 'none') return readBody(request, response, limitsOf(route.access), clock);
    if (hasBody(request)) {
      // Nobody reads it: it is thrown away, and what follows on this connection is not trusted.
      response.setHeader('connection', 'close');
      request.resume();
    }
    return new Uint8Array();
  }

  function limitsOf(access: RouteAccess): BodyLimits {
    const { bytes } = bodyLimits;
    if (access === 'session') return { ...bodyLimits, bytes: bytes * SESSION_TIMES };
    return access === 'page' ? { ...bodyLimits, bytes: Math.min(bytes, PAGE_BODY_BYTES) } : bodyLimits;
  }

  function internal(error: unknown, id: string): GatewayError {
    logger.error('A route failed', { request: id, error: options.redact(textOf(error)) });
    return new GatewayError('internal_error', `The gateway failed; its log has the details under ${id}.`);
  }

  function fail(ctx: Context, found: FoundRoute, error: GatewayError, id: string): void {
    const { req, res } = ctx;
    ctx.respond = false;
    // Half an answer must not look like a whole one.
    if (res.headersSent) {
      if (!res.writableEnded) res.destroy();
      return;
    }
    // What the route set belongs to the answer it did not get to give.
    for (const name of res.getHeaderNames()) if (!OUTLIVES_ERROR.test(name)) res.removeHeader(name);
    const envelope = found.route?.errorsFor?.(req.headers) ?? found.errors;
    sendAnswer(req, res, renderError(envelope, error, id), clock, lingerLimits);
  }

  const callback = koa.callback();
  return {
    handler: (request, response) => whenItsTurn(request, response, () => void callback(request, response)),
    routes: table.routes,
  };
}

const textOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
