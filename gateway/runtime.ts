/**
 * From a configuration to what the pipeline runs on: providers with their secrets, and the routing snapshot.
 * Built anew for each change and swapped; requests under way keep the value they began with.
 */
import type { Config } from '../contract/config/schema.ts';
import { isExact } from '../contract/config/pasted-address.ts';
import type { DialectId, KeyConfig, ProviderConfig } from '../contract/config/provider.ts';
import { correctionOf, readCorrections } from './catalogue/corrections.ts';
import { endpointAt, endpointsAt, writtenAddress } from './core/endpoints-at.ts';
import type { AuthStyle, ProviderDefinition, ProviderEndpoint } from './core/provider.ts';
import type { RuntimeEndpoint, RuntimeKey, RuntimeProvider } from './core/runtime-provider.ts';
import { dialects } from './dialects/index.ts';
import { createSensitivePatterns } from './guards/patterns.ts';
import type { Caching } from './pipeline/caching.ts';
import type { Guards } from './pipeline/guarding.ts';
import type { RuntimeSnapshot } from './pipeline/runtime-snapshot.ts';
import { providers as definitions } from './providers/registry.ts';
import { routableAlias, routingRule } from './routing/build.ts';
import type { CacheLimits } from './state/cache.ts';
import type { LoadLimits } from './routing/overload.ts';
import { listedAs } from './routing/listed-as.ts';
import { patternOf } from './routing/pattern.ts';
import {
  areAlike,
  type RoutableAlias,
  type RoutableProvider,
  type RoutingSnapshot,
  type Target,
} from './routing/snapshot.ts';
import { fingerprint, type KeyRing } from './state/key-ring.ts';
import type { ListState } from './upkeep/discovery.ts';

/** The gateway's own time-outs, ms (DESIGN section 6). */
export const TIMEOUTS = {
  connect: 10_000,
  firstContent: 300_000,
  localFirstContent: 600_000,
  idle: 300_000,
  total: 1_800_000,
};

/** Id of the provider that `--demo` adds. */
export const DEMO = 'demo';

export interface RuntimeInputs {
  readonly config: Config;
  readonly ring: KeyRing;
  /** Keys that live in memory only, by provider. */
  readonly memoryKeys: ReadonlyMap<string, readonly KeyConfig[]>;
  /** How the lists stand of all providers that were asked, by id. */
  readonly lists: ReadonlyMap<string, Pick<ListState, 'models' | 'keys'>>;
  /** Address of the demo upstream; null outside of `--demo`. */
  readonly demoUpstream: string | null;
}

/** The built-in definition of a provider or of the one it is like, or that of a custom one with its own address. */
export function definitionOf(config: ProviderConfig): ProviderDefinition {
  const known = definitions[config.id] ?? definitions[config.like ?? ''] ?? definitions['custom'];
  if (known === undefined) throw new Error('the provider registry has no entry for custom providers');
  return known;
}

/** Whether its requests may go to this machine and to private networks: those of programs that run here may. */
export const allowsPrivateNetwork = (config: ProviderConfig): boolean =>
  config.allow_private_network ?? definitionOf(config).local;

/** The dialects a provider is spoken to in, with the addresses in force; the first is the one to translate to. */
export function endpointsOf(config: ProviderConfig): readonly [ProviderEndpoint, ...ProviderEndpoint[]] {
  const { endpoints, id } = definitionOf(config);
  const { base_url: own, dialect } = config;
  const [first] = endpoints;
  if (own === undefined) {
    const named = endpoints.find((endpoint) => endpoint.dialect === dialect);
    return named === undefined ? endpoints : [named];
  }
  if (dialect === undefined && id !== 'custom' && !isExact(own)) return endpointsAt(endpoints, own);
  const asked = dialect ?? first.dialect;
  const like = endpoints.find((endpoint) => endpoint.dialect === asked) ?? {
    ...first,
    dialect: asked,
    auth: AUTH_OF[asked],
  };
  return [endpointAt(like, own)];
}

/** Base address of the first of them, as it is written. */
export function baseUrlOf(config: ProviderConfig): string {
  return writtenAddress(endpointsOf(config)[0]);
}

/** How a dialect's own vendor takes keys; compatible servers do as it does. */
const AUTH_OF: Readonly<Record<DialectId, AuthStyle>> = {
  'openai-chat': 'bearer',
  'openai-responses': 'bearer',
  'anthropic-messages': 'x-api-key',
  gemini: 'x-goog-api-key',
};

/** Every key of a provider, those in memory included. */
export function keysOf(
  config: ProviderConfig,
  memoryKeys: RuntimeInputs['memoryKeys'],
): readonly KeyConfig[] {
  return [...config.keys, ...(memoryKeys.get(config.id) ?? [])];
}

export function buildRuntime(inputs: RuntimeInputs): RuntimeSnapshot {
  const { config } = inputs;
  const enabled = [...config.providers.filter(({ enabled: on }) => on), ...demoProvider(inputs.demoUpstream)];
  const runtime = new Map(enabled.map((provider) => [provider.id, runtimeProvider(provider, inputs)]));
  const usable = (provider: ProviderConfig): readonly string[] => [
    ...(runtime.get(provider.id)?.keys.keys() ?? []),
  ];
  const order = enabled.map((provider) => routable(provider, usable(provider), inputs));
  const hoped = enabled.map((provider) =>
    routable(provider, [...usable(provider), ...unreadKeys(provider, inputs)], inputs),
  );
  const { complexity } = config.routing;
  const aliases = new Map<string, RoutableAlias>();
  const named = new Map<string, Target>();
  for (const model of config.models) {
    if ('targets' in model) aliases.set(model.id, routableAlias(model, complexity));
    else named.set(model.id, { provider: model.provider, model: upstreamName(model.id, model.provider) });
  }
  const routing: RoutingSnapshot = {
    providers: order,
    aliases,
    named,
    defaultModel: config.routing.default_model,
    rules: config.rules.map(routingRule),
    complexity: { weights: complexity.weights },
  };
  return {
    routing,
    hoped: hoped.some(({ keys }, index) => keys.length > (order[index]?.keys.length ?? 0))
      ? { ...routing, providers: hoped }
      : null,
    providers: runtime,
    clientModels: new Map(
      config.clients.flatMap(({ id, models = [] }) =>
        models.length === 0 ? [] : [[id, models.map(patternOf)]],
      ),
    ),
    retries: config.routing.retries,
    deadline: config.routing.deadline,
    bodies: config.requests.bodies,
    off: config.providers.flatMap(({ id, enabled: on }) => (on ? [] : [id])),
    idle: new Map(enabled.flatMap((provider) => idleBecause(provider, usable(provider), inputs))),
    guards: guardsOf(config),
    cache: cachingOf(config),
  };
}

/** Why none of a provider's keys can be used; nothing where one can. */
function idleBecause(
  provider: ProviderConfig,
  usable: readonly string[],
  { memoryKeys }: RuntimeInputs,
): readonly (readonly [string, 'none' | 'disabled' | 'no-secret'])[] {
  if (usable.length > 0) return [];
  const keys = keysOf(provider, memoryKeys);
  if (keys.length === 0) return [[provider.id, 'none']];
  return [[provider.id, keys.some((key) => key.enabled) ? 'no-secret' : 'disabled']];
}

function cachingOf({
  cache: { enabled, ttl, only_deterministic: onlyDeterministic, shared },
}: Config): Caching | null {
  return enabled ? { ttl, onlyDeterministic, shared } : null;
}

function guardsOf({
  guards: { max_query_length: longest, sensitive_patterns: patterns, action },
}: Config): Guards | null {
  if (longest === 0 && patterns.length === 0) return null;
  return { longest, patterns: createSensitivePatterns(patterns, action) };
}

export function loadLimits({ server }: Config): LoadLimits {
  return { inFlight: server.max_in_flight, loopDelay: server.max_loop_delay };
}

export function cacheLimits({ cache }: Config): CacheLimits {
  return { entries: cache.max_size, bytes: cache.max_bytes };
}

/** `openai/gpt-4` of the provider `openai` is `gpt-4` upstream (DESIGN section 5). */
export function upstreamName(id: string, provider: string): string {
  return id.startsWith(`${provider}/`) ? id.slice(provider.length + 1) : id;
}

function demoProvider(url: string | null): readonly ProviderConfig[] {
  if (url === null) return [];
  return [
    {
      id: DEMO,
      name: 'Demo',
      enabled: true,
      base_url: url,
      keys: [],
      strategy: 'weighted',
      allow_private_network: true,
      headers: {},
      proxy: 'none',
      timeout: {},
      max_concurrency: 0,
      models: [],
      request_usage: true,
      repair_parameters: true,
    },
  ];
}

/** A provider as it would be used, whether it is enabled or not. */
export function runtimeProvider(config: ProviderConfig, inputs: RuntimeInputs): RuntimeProvider {
  const demo = config.id === DEMO && inputs.demoUpstream !== null;
  // The demo has chat and nothing else, as has an address that is to be used as it is; other servers may have more.
  const [{ exact = false }] = endpointsOf(config);
  const definition = demo || exact ? { ...definitionOf(config), alsoServes: [] } : definitionOf(config);
  const endpoints = runtimeEndpoints(config, definition);
  const facts = new Map(
    (inputs.lists.get(config.id)?.models ?? []).flatMap(({ id, facts: known }) =>
      known === undefined ? [] : [[id, known]],
    ),
  );
  const models = knownModels(config, inputs);
  const listed = (model: string): string => (models === null ? undefined : listedAs(models, model)) ?? model;
  const { network, corrections } = inputs.config;
  const prefix = `${config.id}/`.toLowerCase();
  const corrected = readCorrections(
    corrections.filter(({ model }) => model.toLowerCase().startsWith(prefix)),
  );
  return {
    id: config.id,
    name: config.name ?? (definition.id === config.id ? definition.name : config.id),
    definition,
    endpoints,
    endpointFor: (client) => endpoints.find(({ dialect }) => dialect.id === client) ?? endpoints[0],
    listedAs: listed,
    factsOf(model) {
      const name = listed(model);
      const correction =
        correctionOf(corrected, config.id, model) ?? correctionOf(corrected, config.id, name);
      return { ...facts.get(name), ...correction };
    },
    modelsUrl: modelsUrlOf(config, definition, endpoints[0]),
    timeouts: timeoutsOf(config, definition, inputs.config),
    proxy: config.proxy ?? (definition.local ? 'none' : network.proxy),
    noProxy: network.no_proxy,
    allowPrivateNetwork: allowsPrivateNetwork(config),
    requestUsage: config.request_usage && definition.usageOnRequest,
    repairsParameters: config.repair_parameters,
    maxConcurrency: config.max_concurrency,
    keys: new Map(runtimeKeys(config, definition, inputs).map((key) => [key.id, key])),
    demo,
  };
}

function runtimeEndpoints(
  config: ProviderConfig,
  definition: ProviderDefinition,
): readonly [RuntimeEndpoint, ...RuntimeEndpoint[]] {
  const headers = { ...definition.headers, ...lowerCased(config.headers) };
  const ready = ({ dialect, baseUrl, exact, ...rest }: ProviderEndpoint): RuntimeEndpoint => ({
    ...rest,
    dialect: exact === true ? { ...dialects[dialect], chatUrl: () => baseUrl } : dialects[dialect],
    baseUrl: baseUrl.replace(/\/+$/, ''),
    headers,
  });
  const [first, ...others] = endpointsOf(config);
  return [ready(first), ...others.map(ready)];
}

const hasList = (config: ProviderConfig): boolean =>
  config.models_url !== undefined ||
  (definitionOf(config).modelsUrl !== null && endpointsOf(config)[0].exact !== true);

function modelsUrlOf(
  config: ProviderConfig,
  definition: ProviderDefinition,
  first: RuntimeEndpoint,
): string | null {
  if (config.models_url !== undefined) return config.models_url;
  if (!hasList(config)) return null;
  const moved = config.base_url !== undefined;
  return moved || definition.modelsUrl === undefined
    ? first.dialect.modelsUrl(first.baseUrl)
    : definition.modelsUrl;
}

function timeoutsOf(
  config: ProviderConfig,
  definition: ProviderDefinition,
  all: Config,
): RuntimeProvider['timeouts'] {
  const own = config.timeout;
  const general = all.routing.timeout;
  const first = definition.local ? TIMEOUTS.localFirstContent : TIMEOUTS.firstContent;
  const request = all.routing.request_timeout === 0 ? undefined : all.routing.request_timeout;
  // A longer request time that was asked for is not cut by our own default.
  const total = own.total ?? general.total ?? Math.max(TIMEOUTS.total, request ?? 0);
  return {
    connect: own.connect ?? general.connect ?? TIMEOUTS.connect,
    firstContent: own.first_content ?? request ?? general.first_content ?? first,
    idle: own.idle ?? general.idle ?? TIMEOUTS.idle,
    answer: own.total ?? request ?? total,
    total,
  };
}

/** Keys that can be used: enabled, with a secret. A provider that needs none has one without an id. */
function runtimeKeys(
  config: ProviderConfig,
  definition: ProviderDefinition,
  inputs: RuntimeInputs,
): readonly RuntimeKey[] {
  const keys = keysOf(config, inputs.memoryKeys).flatMap((key): RuntimeKey[] => {
    const secret = key.enabled ? inputs.ring.secretOf(config.id, key) : undefined;
    if (secret === undefined) return [];
    const { id, max_concurrency: maxConcurrency, rpm, tpm } = key;
    return [{ id, secret, fingerprint: fingerprint(secret), maxConcurrency, rpm, tpm }];
  });
  const configured = keysOf(config, inputs.memoryKeys).length > 0;
  if (configured || definition.keyNeed === 'required') return keys;
  return [{ id: '', secret: null, fingerprint: null, maxConcurrency: 0, rpm: 0, tpm: 0 }];
}

/** Ids of enabled keys whose secrets the store may still give. */
function unreadKeys(config: ProviderConfig, { ring, memoryKeys }: RuntimeInputs): readonly string[] {
  return keysOf(config, memoryKeys)
    .filter((key) => key.enabled && ring.mayCome(config.id, key))
    .map(({ id }) => id);
}

function routable(
  config: ProviderConfig,
  usable: readonly string[],
  inputs: RuntimeInputs,
): RoutableProvider {
  const settings = new Map(keysOf(config, inputs.memoryKeys).map((key) => [key.id, key]));
  const keys = usable.map((id) => ({
    id,
    weight: settings.get(id)?.weight ?? 1,
    models: settings.get(id)?.models ?? [],
  }));
  // Names of the bundled catalogue are not all there are.
  const partial = config.models.length === 0 && !hasList(config);
  const alike = areAlike(keys);
  const models = knownModels(config, inputs);
  const unread = models === null && isUnread(inputs.lists.get(config.id), usable);
  return {
    id: config.id,
    keys,
    alike,
    strategy: config.strategy,
    models,
    ...(unread ? { unread } : {}),
    ...(partial ? { partial } : {}),
  };
}

/** Ids that were written down, else those of its list; null where there are none. */
function knownModels({ id, models }: ProviderConfig, { lists }: RuntimeInputs): ReadonlySet<string> | null {
  const known = models.length > 0 ? models : (lists.get(id)?.models ?? []).map((model) => model.id);
  // An empty list says nothing about what can be asked for.
  return known.length === 0 ? null : new Set(known);
}

/** With the first key there is a list is asked for at once. @param usable ids of its keys, empty where it needs none */
function isUnread(list: Pick<ListState, 'keys'> | undefined, usable: readonly string[]): boolean {
  return list === undefined || (list.keys === '' && usable.some((id) => id !== ''));
}

function lowerCased(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
