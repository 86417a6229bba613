/** The composition root of the engine: every part is made here, once, and told of the others. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { procedures } from '../contract/rpc/procedures.ts';
import { createAnswers } from './compose/answers.ts';
import { createBackups } from './compose/backups.ts';
import { createBeats } from './compose/beats.ts';
import { createConnectPorts } from './compose/connect-ports.ts';
import { createSettingPorts } from './compose/setting-ports.ts';
import { createKeyChecks } from './compose/key-checks.ts';
import { createMonitoring } from './compose/monitoring.ts';
import { openKept } from './compose/kept.ts';
import { createKeptHealth } from './compose/kept-health.ts';
import { createPricing } from './compose/pricing.ts';
import { createPublishing } from './compose/publishing.ts';
import { createRedaction } from './compose/redaction.ts';
import { fingerprintOf, secretsOf } from './compose/secrets.ts';
import { createTransports } from './compose/transports.ts';
import { wait } from './compose/timers.ts';
import { createConfigStore } from './config/store.ts';
import { createDispatch } from './control/dispatch.ts';
import { createEventHub } from './control/event-hub.ts';
import { createHandlers } from './control/handlers.ts';
import { createRowWatch } from './control/playground-rows.ts';
import type { ControlPorts } from './control/ports.ts';
import { providerViews } from './control/views.ts';
import { createTokenEstimator } from './estimates/estimator.ts';
import { createHttpApp } from './http/app.ts';
import { dataRoutes } from './http/data-plane.ts';
import { createAddress } from './http/address.ts';
import { createInnerDoor } from './http/inner.ts';
import { createListener, type Listener } from './http/listener.ts';
import { clientKeyMissing, followSettings } from './http/settings.ts';
import type { Gateway, GatewayPorts } from './index.ts';
import { PIPELINE_LIMITS, type PipelinePorts } from './pipeline/ports.ts';
import { createStop } from './pipeline/stop.ts';
import { addressedProviders, builtInProviders } from './providers/registry.ts';
import { buildRuntime, cacheLimits, loadLimits, runtimeProvider, type RuntimeInputs } from './runtime.ts';
import { createClientPlaces } from './state/client-limits.ts';
import { createMemoryCache } from './state/cache.ts';
import { createRetryBudget } from './routing/retry-budget.ts';
import { createLoad } from './state/load.ts';
import { createItemShelf } from './state/item-shelf.ts';
import { createKeyRing } from './state/key-ring.ts';
import { createMemoryKeys } from './state/memory-keys.ts';
import { createTraffic, gatewayStatus } from './status.ts';
import { createRequestLog } from './storage/request-log.ts';
import { createDiscovery } from './upkeep/discovery.ts';

/** What is still open when the drain deadline has passed gets this long to be told so, ms. */
const LAST_WORDS = 1_000;

/** Makes an engine; nothing listens before `listen()`. @throws when the configuration cannot be read at all */
export async function createGateway(ports: GatewayPorts): Promise<Gateway> {
  const { clock, logger, random, threadTime } = ports;
  const startedAt = clock.wall();
  const instance = randomUUID();
  const redaction = createRedaction();
  const redact = redaction.text;

  const store = await createConfigStore({
    file: ports.configFile,
    environment: ports.environment,
    overrides: ports.overrides,
    builtIn: builtInProviders,
    addressed: addressedProviders,
    clock,
    logger,
  });
  const config = () => store.current();
  const logFile = join(ports.dataFolder, 'log.db');
  const log = createRequestLog({ file: logFile, worker: ports.workers.log, clock, logger, ...ports.log });
  const tokens = createTokenEstimator({ worker: ports.workers.tokens, clock, logger });
  const { upstream, media, fetchPrices } = createTransports(ports, config);
  const ring = createKeyRing({
    store: ports.secrets,
    clock,
    logger,
    keys: () => config().providers.flatMap(({ id, keys }) => keys.map((key) => ({ provider: id, key }))),
  });
  const memoryKeys = createMemoryKeys();
  const hub = createEventHub();
  const traffic = createTraffic(clock);
  const load = createLoad({ clock, logger, threadTime, limits: () => loadLimits(config()) });
  const inner = createInnerDoor(random);
  const rows = createRowWatch(clock);
  const cache = createMemoryCache(clock, () => cacheLimits(config()));
  const kept = await openKept(ports, config, hub, () => publishing.status());
  const { vault, savedViews, budgets, hits } = kept;
  const clients = createClientPlaces(clock);
  const stop = createStop();
  let state: 'starting' | 'running' | 'draining' = 'starting';
  let paused = false;

  const known = await createKeptHealth({
    dataFolder: ports.dataFolder,
    clock,
    random,
    logger,
    config,
    fingerprintOf: (provider, id) => fingerprintOf(config(), ring, memoryKeys, provider, id),
    memoryKeys,
    changed: () => publishing.providers(),
  });
  const { health, facts } = known;

  const listsOwnModels = (id: string): boolean =>
    config().providers.some((provider) => provider.id === id && provider.models.length > 0);
  const pricing = createPricing(ports, {
    fetchPrices,
    config,
    states: () => discovery.states(),
    hits,
    snapshot: () => snapshot,
    changed: () => publishing.models(),
  });
  const { catalogue, prices } = pricing;
  const discovery = createDiscovery({
    clock,
    logger,
    upstream,
    redact,
    version: ports.version,
    providers: () => [...snapshot.providers.values()].filter(({ id }) => !listsOwnModels(id)),
    changed: swap,
    asked: () => publishing.models(),
    wellKnown: (address) => catalogue.names(address),
  });
  const inputs = (): RuntimeInputs => ({
    config: config(),
    ring,
    memoryKeys: memoryKeys.all(),
    lists: discovery.states(),
    demoUpstream: ports.demoUpstream,
  });
  let snapshot = buildRuntime(inputs());
  const checks = createKeyChecks(
    { clock, upstream, redact, version: ports.version },
    {
      logger,
      known,
      interval: () => config().routing.health_check_interval,
      providers: () => snapshot.providers.values(),
      changed: () => publishing.providers(),
    },
  );

  /** After any change of configuration, secrets or lists. Requests under way keep what they began with. */
  function swap(): void {
    const current = config();
    snapshot = buildRuntime(inputs());
    pricing.refresh();
    redaction.learn(secretsOf(current, ring, memoryKeys));
    known.forgetReplaced();
    checks.follow();
    log.redact(redaction.secrets);
    log.keep({ ...current.requests.keep, streamEvents: current.requests.stream_events });
    publishing.providers();
    publishing.models();
    publishing.status();
  }

  let rebuilding: Promise<void> = Promise.resolve();
  function refreshRuntime(): void {
    if (state === 'draining') return;
    swap();
    // Lists of providers that are new, have moved, or have another key after a failure.
    void discovery.refresh(Infinity);
  }
  /** Nobody waits for the secret store here: it may hang, and requests wait for what they need. */
  function rebuild(): void {
    void ring.load('later');
    refreshRuntime();
  }
  ring.onRead(refreshRuntime);

  const status = () =>
    gatewayStatus({
      state: state === 'running' && paused ? 'paused' : state,
      version: ports.version,
      address: listener.address(),
      startedAt,
      demo: ports.demoUpstream !== null,
      traffic,
      secretStore: ports.secrets.kind,
      log: log.health(),
      configProblem: store.problem(),
      addressProblem: address.problem(),
      metricsProblem: monitoring.port.problem(),
      secretProblem: ring.storeProblem(),
      warnings: store.warnings(),
      lockedSettings: config().locked,
      clientKeyMissing: clientKeyMissing(settings()),
      alerts: monitoring.alerts(),
      backupProblem: backups.problem(),
      restoreProblem: backups.restoreProblem(),
      budgets: budgets.problems(),
    });

  const publishing = createPublishing(hub, clock, {
    redact,
    providers: () => providerViews(control),
    status,
  });

  const monitoring = createMonitoring(ports, {
    config,
    upstream,
    hub,
    status,
    providers: () => providerViews(control),
    budgets,
    changed: () => publishing.status(),
    load,
    redact,
    paused: () => paused,
    instance,
  });

  const backups = createBackups(ports, {
    config,
    log,
    inForce: () => [...redaction.secrets, ...secretsOf(config(), ring, memoryKeys)],
    changed: () => publishing.status(),
  });

  const control: ControlPorts = {
    clock,
    log,
    cache,
    budgets,
    clients,
    health,
    facts,
    ring,
    get secretStore() {
      return ports.secrets.kind;
    },
    memoryKeys,
    config,
    // The store's own notice has begun the rebuilding; the caller waits for it.
    edit: (plan) => store.edit(plan).then((taken) => rebuilding.then(() => taken)),
    rebuild,
    lists: () => discovery.lists(),
    discovery,
    catalogue,
    prices: pricing.control,
    checkKey: (provider, key, secret) => checks.check(runtimeProvider(provider, inputs()), key, secret),
    probeOf: (...key) => checks.probeOf(...key),
    routing: () => snapshot.routing,
    dryRun: pricing.choosing,
    status,
    demoUpstream: ports.demoUpstream,
    backups,
    settings: createSettingPorts(ports, store, config, logFile, () => ({ address, rebuilding })),
    connect: createConnectPorts(ports, config, () => listener),
    playground: {
      connect: () => inner.open(),
      rows,
      ...kept.playground,
      values: redaction.values,
      streamRedactor: redaction.stream,
      redact,
    },
    pause(next) {
      paused = next;
      publishing.status();
    },
    savedViews,
    cleared: () => hub.publish({ topic: 'requests.cleared', data: null }),
  };

  const pipeline: PipelinePorts = {
    logger,
    upstream,
    health,
    facts,
    retries: createRetryBudget(clock, () => pipeline.limits.retries),
    ...pricing.choosing,
    log,
    cache,
    spending: budgets,
    prices,
    clients,
    load,
    vault,
    items: createItemShelf(),
    tokens,
    media,
    limits: { ...PIPELINE_LIMITS, ...ports.limits },
    keys: ring,
    refreshModels: () => discovery.refreshStale(),
    changed: publishing.row,
    ended(row) {
      rows.ended(row);
      monitoring.ended(row);
    },
    corrected: monitoring.corrected,
    redact,
    instance,
    version: ports.version,
    draining: () => state === 'draining',
    stopped: stop,
  };
  const answers = createAnswers(
    pipeline,
    traffic,
    () => ring.load('later').then(() => discovery.refresh(Infinity)),
    () => control.lists(),
  );
  const settings = followSettings(config, () => listener.place());
  const handlers = createHandlers(control);
  const dispatch = createDispatch(procedures, handlers, logger, redact);
  const plane: Gateway['control'] = {
    call: dispatch,
    handlers,
    subscribe: (...args) => hub.subscribe(...args),
  };
  const app = createHttpApp({
    routes: [...dataRoutes(answers), ...monitoring.routes, ...ports.routes(plane)],
    settings,
    sessionOf: ports.sessionOf,
    clock,
    random,
    logger,
    redact,
    paused: () => paused,
    instance,
    innerId: (request) => inner.idOf(request),
  });
  inner.serve(app);

  const listener: Listener = createListener(app, { clock, random, logger });
  const address = createAddress(listener, logger, () => {
    begin();
    void monitoring.port.follow();
    // Pages of the old address have to know.
    publishing.statusNow();
    if (listener.place() !== null) ports.moved?.(listener.address());
  });

  /** Once it listens somewhere, be it later than at the start because the first port was taken. */
  function begin(): void {
    if (state !== 'starting' || listener.place() === null) return;
    state = 'running';
    for (const { code, message } of status().problems) if (code === 'no_client_key') logger.warn(message);
    void discovery.refresh(0);
  }

  const unwatch = store.onChange(() => {
    rebuild();
    if (!config().cache.enabled) void cache.clear();
    // Before `listen()` nothing is bound, whatever the file says.
    const asked = listener.place() !== null || address.problem() !== null;
    const moved = asked ? address.follow(config().server).then(monitoring.port.follow) : Promise.resolve();
    rebuilding = moved.then(() => hub.publish({ topic: 'config.changed', data: null }));
  });
  const beats = createBeats({ clock, logger, hub, upstream, pulse: () => publishing.status() });

  return {
    control: plane,
    config,
    redact,
    sleeps: beats.sleeps,
    woke: beats.woke,
    routes: app.routes,
    readSecrets() {
      publishing.status();
      return ring.load('again');
    },

    async listen() {
      rebuild();
      await address.start(config().server);
      begin();
      await monitoring.port.follow();
      return { address: listener.address(), port: listener.place()?.port ?? 0 };
    },

    async drain(deadline) {
      state = 'draining';
      publishing.status();
      await Promise.race([traffic.idle(), wait(clock, deadline)]);
      stop.stop();
      await Promise.race([traffic.idle(), wait(clock, LAST_WORDS)]);
      inner.close();
      await Promise.all([listener.close(LAST_WORDS), monitoring.stop(LAST_WORDS)]);
      unwatch();
      beats.stop();
      await backups.stop();
      store.close();
      discovery.stop();
      checks.stop();
      publishing.stop();
      await Promise.all([log.close(), upstream.close(), known.close(), tokens.close(), kept.close()]);
    },
  };
}
