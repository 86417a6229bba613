/** The composition root of the engine: every part is made here, once, and told of the others. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Config } from '../contract/config/schema.ts';
import type { RequestSummary } from '../contract/log/row.ts';
import { createConfigStore } from './config/store.ts';
import { createBatch } from './control/batch.ts';
import { createDispatch } from './control/dispatch.ts';
import { createEventHub } from './control/event-hub.ts';
import { createHandlers } from './control/handlers.ts';
import type { ControlPorts } from './control/ports.ts';
import { providerViews } from './control/views.ts';
import type { Exchange } from './core/exchange.ts';
import { isLoopbackHost } from './core/loopback.ts';
import { createRedactor } from './core/redact.ts';
import { summaryOf } from './core/row-summary.ts';
import { createHttpApp } from './http/app.ts';
import { listen, type Listening } from './http/listen.ts';
import { healthRoutes } from './http/routes/health.ts';
import { modelRoutes } from './http/routes/models.ts';
import { openaiChatRoute } from './http/routes/openai-chat.ts';
import type { HttpSettings } from './http/settings.ts';
import type { Gateway, GatewayPorts } from './index.ts';
import { handleChat } from './pipeline/handle.ts';
import { PIPELINE_LIMITS, type PipelinePorts } from './pipeline/ports.ts';
import { createSequence } from './pipeline/record.ts';
import { createStop } from './pipeline/stop.ts';
import { offeredModels } from './catalogue/models.ts';
import { builtInProviders } from './providers/registry.ts';
import { buildRuntime, keysOf } from './runtime.ts';
import { createHealth } from './state/health.ts';
import { createKeyRing } from './state/key-ring.ts';
import { createMemoryKeys } from './state/memory-keys.ts';
import { createSlots } from './state/slots.ts';
import { createTraffic, gatewayStatus } from './status.ts';
import { createRequestLog } from './storage/request-log.ts';
import { createUpstream } from './transport/upstream.ts';
import { createDiscovery } from './upkeep/discovery.ts';

/** A first look at the model list waits this long for providers that have not answered yet, ms. */
const FIRST_LIST_WAIT = 3_000;
/** What is still open when the drain deadline has passed gets this long to be told so, ms. */
const LAST_WORDS = 1_000;
/** State that only time changes is published this often while somebody looks, ms. */
const PULSE = 2_000;

/** Makes an engine; nothing listens before `listen()`. @throws when the configuration cannot be read at all */
export async function createGateway(ports: GatewayPorts): Promise<Gateway> {
  const { clock, logger, random } = ports;
  const startedAt = clock.wall();
  const instance = randomUUID();
  let redactor = createRedactor([]);
  const redact = (text: string): string => redactor.text(text);

  const store = await createConfigStore({
    file: ports.configFile,
    environment: ports.environment,
    overrides: ports.overrides,
    builtIn: builtInProviders,
    clock,
    logger,
  });
  const config = () => store.current();
  const log = createRequestLog({
    file: join(ports.dataFolder, 'log.db'),
    worker: ports.workers.log,
    clock,
    logger,
  });
  const upstream = createUpstream({
    clock,
    environment: ports.environment,
    ...(ports.resolve === undefined ? {} : { resolve: ports.resolve }),
  });
  const ring = createKeyRing(ports.secrets, logger);
  const memoryKeys = createMemoryKeys();
  const hub = createEventHub();
  const traffic = createTraffic(clock);
  const stop = createStop();
  let state: 'starting' | 'running' | 'draining' = 'starting';
  let listening: Listening | undefined;

  const health = createHealth(
    clock,
    random,
    () => {
      const { cooldown, max_consecutive_failures: maxConsecutiveFailures } = config().routing;
      return { ...cooldown, maxConsecutiveFailures };
    },
    () => providersChanged.add('', null),
  );

  const listsOwnModels = (id: string): boolean =>
    config().providers.some((provider) => provider.id === id && provider.models.length > 0);
  const discovery = createDiscovery({
    clock,
    logger,
    upstream,
    redact,
    version: ports.version,
    providers: () => [...snapshot.providers.values()].filter(({ id }) => !listsOwnModels(id)),
    changed: swap,
  });
  const build = () =>
    buildRuntime({
      config: config(),
      ring,
      memoryKeys: memoryKeys.all(),
      lists: discovery.lists(),
      demoUpstream: ports.demoUpstream,
    });
  let snapshot = build();

  /** After any change of configuration, secrets or lists. Requests under way keep what they began with. */
  function swap(): void {
    const current = config();
    snapshot = build();
    const values = current.providers.flatMap((provider) =>
      keysOf(provider, memoryKeys.all()).flatMap(({ value }) => (value === undefined ? [] : [value])),
    );
    const { api_key: apiKey } = current.server;
    const secrets = [
      ...ring.secrets(),
      ...values,
      apiKey,
      current.admin.password,
      ...current.clients.map(({ key }) => key),
    ];
    redactor = createRedactor(secrets.filter((secret) => secret !== ''));
    log.redact(secrets.filter((secret) => secret !== ''));
    log.keep(current.requests.keep);
    providersChanged.add('', null);
    statusChanged.add('', null);
  }

  let rebuilding: Promise<void> = Promise.resolve();
  async function rebuild(): Promise<void> {
    await ring.load(
      config().providers.flatMap((provider) => provider.keys.map((key) => ({ provider: provider.id, key }))),
    );
    swap();
    // Lists of providers that are new, or have moved.
    void discovery.refresh(Infinity);
  }

  const status = () =>
    gatewayStatus({
      state,
      version: ports.version,
      address: addressOf(listening, config().server.host),
      startedAt,
      demo: ports.demoUpstream !== null,
      traffic,
      secretStore: ports.secrets.kind,
      log: log.health(),
      configProblem: store.problem(),
      secretProblem: ring.storeProblem(),
      warnings: store.warnings(),
      lockedSettings: config().locked,
      clientKeyMissing: clientKeyMissing(settings()),
    });

  const rowsChanged = createBatch<RequestSummary>(clock, (data) =>
    hub.publish({ topic: 'requests.changed', data }),
  );
  const providersChanged = createBatch<null>(clock, () => {
    if (hub.listening) hub.publish({ topic: 'providers.changed', data: providerViews(control) });
  });
  const statusChanged = createBatch<null>(clock, () => {
    if (hub.listening) hub.publish({ topic: 'gateway.changed', data: status() });
  });

  const control: ControlPorts = {
    clock,
    log,
    health,
    ring,
    secretStore: ports.secrets.kind,
    memoryKeys,
    config,
    // The store's own notice has begun the rebuilding; the caller waits for it.
    edit: (edits) => store.edit(edits).then(() => rebuilding),
    rebuild,
    lists: () => discovery.lists(),
    status,
    demoUpstream: ports.demoUpstream,
    cleared: () => hub.publish({ topic: 'requests.cleared', data: null }),
  };

  const pipeline: PipelinePorts = {
    clock,
    random,
    logger,
    upstream,
    health,
    slots: createSlots(),
    log,
    limits: { ...PIPELINE_LIMITS, ...ports.limits },
    snapshot: () => snapshot,
    refreshModels: () => discovery.refreshStale(),
    changed: (row) => {
      if (hub.listening) rowsChanged.add(row.id, summaryOf(row));
    },
    redact,
    instance,
    version: ports.version,
    draining: () => state === 'draining',
    stopped: stop,
  };
  const nextSequence = createSequence(() => clock.wall());

  async function chat(exchange: Exchange): Promise<void> {
    traffic.arrived();
    try {
      await handleChat(exchange, nextSequence(), pipeline);
    } finally {
      traffic.ended();
    }
  }

  async function offered() {
    await Promise.race([discovery.refresh(Infinity), wait(FIRST_LIST_WAIT)]);
    return offeredModels(snapshot.routing, control.lists());
  }
  const wait = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      clock.after(milliseconds, resolve);
    });

  /** Made once per configuration, so that what depends on it can be kept as long. */
  let httpSettings: { readonly of: Config; readonly port: number; readonly value: HttpSettings } | undefined;
  function settings(): HttpSettings {
    const of = config();
    const port = listening?.port ?? of.server.port;
    if (httpSettings?.of !== of || httpSettings.port !== port) {
      httpSettings = { of, port, value: httpSettingsOf(of, port) };
    }
    return httpSettings.value;
  }

  const handlers = createHandlers(control);
  const dispatch = createDispatch(handlers, logger, redact);
  const plane: Gateway['control'] = {
    call: dispatch,
    handlers,
    subscribe: (...args) => hub.subscribe(...args),
  };
  const app = createHttpApp({
    routes: [
      openaiChatRoute(chat),
      ...modelRoutes(offered),
      ...healthRoutes(() => ({ ready: state === 'running', detail: { ...status() } })),
      ...ports.routes(plane),
    ],
    settings,
    sessionOf: ports.sessionOf,
    clock,
    random,
    logger,
    redact,
    instance,
  });

  const unwatch = store.onChange(() => {
    rebuilding = rebuild();
  });
  const stopPulse = every(PULSE, () => {
    if (hub.listening) statusChanged.add('', null);
  });

  function every(span: number, task: () => void): () => void {
    let cancel = clock.after(span, beat);
    function beat(): void {
      task();
      cancel = clock.after(span, beat);
    }
    return () => cancel();
  }

  return {
    control: plane,
    config,
    redact,
    routes: app.routes,

    async listen() {
      await rebuild();
      const { host, port } = config().server;
      listening = await listen(app, { host, port, clock, random, logger });
      state = 'running';
      for (const { code, message } of status().problems) if (code === 'no_client_key') logger.warn(message);
      void discovery.refresh(0);
      return { address: addressOf(listening, host), port: listening.port };
    },

    async drain(deadline) {
      state = 'draining';
      statusChanged.add('', null);
      await Promise.race([traffic.idle(), wait(deadline)]);
      stop.stop();
      await Promise.race([traffic.idle(), wait(LAST_WORDS)]);
      await listening?.close(LAST_WORDS);
      unwatch();
      stopPulse();
      store.close();
      discovery.stop();
      for (const batch of [rowsChanged, providersChanged, statusChanged]) batch.stop();
      await Promise.all([log.close(), upstream.close()]);
    },
  };
}

function httpSettingsOf({ server, clients }: Config, port: number): HttpSettings {
  const own = server.api_key === '' ? [] : [{ id: 'default', key: server.api_key }];
  return {
    loopback: isLoopbackHost(server.host),
    port,
    allowedHosts: server.allowed_hosts,
    allowedOrigins: server.allowed_origins,
    allowedIps: server.allowed_ips,
    allowUnauthenticated: server.allow_unauthenticated,
    clients: [...own, ...clients],
  };
}

function addressOf(listening: Listening | undefined, host: string): string {
  if (listening === undefined) return '';
  const { address, port } = listening;
  // What is bound everywhere is reached here by the loopback address.
  const name = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address;
  return `http://${name.includes(':') ? `[${name}]` : host === 'localhost' ? '127.0.0.1' : name}:${port}`;
}

function clientKeyMissing(settings: HttpSettings): boolean {
  return !settings.loopback && settings.clients.length === 0 && !settings.allowUnauthenticated;
}
