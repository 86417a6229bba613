/** The HTTP surface on a free port with a few routes of every access, and a client that sends raw bytes. */
import { connect, type Socket } from 'node:net';
import type { Exchange } from '../core/exchange.ts';
import type { Clock } from '../core/ports.ts';
import { createHttpApp, type HttpAppOptions } from '../http/app.ts';
import { dataRoutes } from '../http/data-plane.ts';
import { listen, SERVER_LIMITS, type Listening, type ServerLimits } from '../http/listen.ts';
import type { Route, Session } from '../http/route.ts';
import { healthRoutes } from '../http/routes/health.ts';
import type { HttpSettings } from '../http/settings.ts';

export interface TestApp {
  readonly port: number;
  readonly listening: Listening;
  readonly routes: readonly Route[];
  /** Paths whose route code ran, in order. */
  readonly ran: string[];
  /** Chat requests that reached the pipeline. */
  readonly chats: Exchange[];
  /** Every log line: level, message and fields. */
  readonly logged: string[];
  /** Changes the settings in force. */
  configure(change: Partial<HttpSettings>): void;
  stop(): Promise<void>;
}

export interface TestAppOptions extends Partial<
  Pick<HttpAppOptions, 'bodyLimits' | 'lingerLimits' | 'pageStall' | 'paused'>
> {
  readonly settings?: Partial<HttpSettings>;
  readonly limits?: Partial<ServerLimits>;
  readonly routes?: readonly Route[];
  readonly host?: string;
  readonly port?: number;
  readonly chat?: (exchange: Exchange) => Promise<void>;
}

export const SESSION: Session = { id: 'session-1', csrf: 'csrf-of-session-1' };
/** Cookie that stands for SESSION. */
export const SESSION_COOKIE = 'session=valid';
/** How this process names itself to upstreams. */
export const INSTANCE = 'instance-under-test';

const clock: Clock = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  after(delay, task) {
    const timer = setTimeout(task, delay);
    return () => clearTimeout(timer);
  },
};

const MODELS = ['fast', 'groq/llama-3.3-70b', 'deepseek/deepseek-chat-v3-0324:free'].map((id) => ({
  id,
  created: 1_700_000_000,
  ownedBy: 'someone',
  provider: 'demo',
}));

/** A route of the host of each kind, answering with what it was given. */
const HOST_ROUTES: readonly Route[] = [
  sampleRoute('POST', '/admin/rpc/:name', 'session'),
  sampleRoute('GET', '/api/requests', 'session'),
  sampleRoute('DELETE', '/api/request/:id', 'session'),
  sampleRoute('POST', '/admin/login', 'page'),
  sampleRoute('GET', '/assets/*file', 'page'),
];

function sampleRoute(method: Route['method'], path: string, access: Route['access']): Route {
  return {
    method,
    path,
    access,
    body: method === 'POST' ? 'json' : 'none',
    errors: 'control',
    handle(ctx, visit) {
      ctx.body = { session: visit.session?.id ?? null, params: visit.params, bytes: visit.body.length };
    },
  };
}

/** Answers a chat request at once, like a pipeline with a very fast upstream. */
function answerChat(exchange: Exchange): Promise<void> {
  const body = JSON.stringify({ client: exchange.client?.id ?? null, bytes: exchange.body.length });
  exchange.response.writeHead(200, { 'content-type': 'application/json', 'x-request-id': exchange.id });
  exchange.response.end(body);
  return Promise.resolve();
}

export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const ran: string[] = [];
  const chats: Exchange[] = [];
  const logged: string[] = [];
  const note =
    (level: string) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
      logged.push(`${level} ${message} ${JSON.stringify(fields)}`);
    };
  const chat = async (exchange: Exchange): Promise<void> => {
    chats.push(exchange);
    await (options.chat ?? answerChat)(exchange);
  };
  const routes = [
    ...dataRoutes({
      chat,
      other: ({ exchange }) => chat(exchange),
      models: { all: () => MODELS, named: (name) => MODELS.find(({ id }) => id === name) },
    }),
    ...healthRoutes(() => ({ healthy: true, ready: options.paused?.() !== true, detail: { keys: 2 } })),
    ...(options.routes ?? []),
    ...HOST_ROUTES,
  ].map((route): Route => {
    return {
      ...route,
      handle(ctx, visit) {
        ran.push(route.path);
        return route.handle(ctx, visit);
      },
    };
  });
  const shared = {
    clock,
    random: Math.random,
    logger: { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') },
  };
  let settings: HttpSettings = {
    loopback: true,
    port: 0,
    allowedHosts: [],
    allowedOrigins: [],
    allowedIps: [],
    allowUnauthenticated: false,
    clients: [],
    ...options.settings,
  };
  const app = createHttpApp({
    ...shared,
    routes,
    settings: () => settings,
    sessionOf: (request) => (request.headers.cookie === SESSION_COOKIE ? SESSION : null),
    redact: (text) => text,
    paused: options.paused ?? (() => false),
    instance: INSTANCE,
    ...(options.bodyLimits === undefined ? {} : { bodyLimits: options.bodyLimits }),
    ...(options.lingerLimits === undefined ? {} : { lingerLimits: options.lingerLimits }),
    ...(options.pageStall === undefined ? {} : { pageStall: options.pageStall }),
  });
  const listening = await listen(app, {
    ...shared,
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    limits: { ...SERVER_LIMITS, ...options.limits },
  });
  settings = { ...settings, port: listening.port };
  return {
    port: listening.port,
    listening,
    routes: app.routes,
    ran,
    chats,
    logged,
    configure: (change) => {
      settings = { ...settings, ...change };
    },
    stop: () => listening.close(0),
  };
}

/** An open connection that remembers what came. */
export interface RawConnection {
  readonly socket: Socket;
  readonly received: () => string;
  /** Resolves with everything received once the connection is closed. */
  readonly closed: Promise<string>;
  /** Resolves once `text` was received; rejects when the connection closes before. */
  until(text: string): Promise<string>;
}

export function openRaw(port: number, host = '127.0.0.1'): RawConnection {
  const socket = connect({ port, host });
  let received = '';
  const closed = new Promise<string>((resolve) => socket.on('close', () => resolve(received)));
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => (received += text));
  // A reset is one of the ways in which the other side closes.
  socket.on('error', () => undefined);
  return {
    socket,
    received: () => received,
    closed,
    until: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (received.includes(text)) resolve(received);
        };
        socket.on('data', look);
        socket.on('close', () => reject(new Error(`closed before ${JSON.stringify(text)}: ${received}`)));
        look();
      }),
  };
}

/** Sends these bytes and resolves with all that comes until the connection is closed. */
export async function sendRaw(port: number, bytes: string | Uint8Array): Promise<string> {
  const connection = openRaw(port);
  connection.socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  return connection.closed;
}

/**
 * A request as text; asks for the connection to be closed.
 * @param headers may repeat names; without a Host entry the right one is added
 */
export function requestText(
  port: number,
  method: string,
  target: string,
  headers: readonly (readonly [string, string])[] = [],
  body = '',
): string {
  const given = headers.map(([name]) => name.toLowerCase());
  const all = [
    ...(given.includes('host') ? [] : [['Host', `127.0.0.1:${port}`] as const]),
    ...headers,
    ...(body === '' || given.includes('content-length')
      ? []
      : [['Content-Length', String(body.length)] as const]),
    ...(given.includes('connection') ? [] : [['Connection', 'close'] as const]),
  ];
  return `${method} ${target} HTTP/1.1\r\n${all.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
}

/** Status of a raw answer; 0 when there was none. */
export const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);

/** A path that fits the route's pattern; ids are those of a model there is. */
export const samplePath = (route: Route): string =>
  route.path
    .replace(/\{[^}]*\}/g, '')
    .replace(/\\(.)|[:*]\w+/g, (_, escaped: string | undefined) => escaped ?? 'fast');
