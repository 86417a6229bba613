/** Providers and keys as user interfaces may see them: state and fingerprints, never a secret. Pure. */
import type { KeyConfig, ProviderConfig } from '../../contract/config/provider.ts';
import type {
  EndpointView,
  KeySource,
  KeyStateName,
  KeyView,
  ProviderTemplate,
  ProviderView,
} from '../../contract/rpc/procedures/providers.ts';
import type { CoolingCause } from '../../contract/rpc/procedures/aliases.ts';
import { dialects } from '../dialects/index.ts';
import { writtenAddress } from '../core/endpoints-at.ts';
import type { ProviderEndpoint } from '../core/provider.ts';
import { providers as definitions } from '../providers/registry.ts';
import type { Cooling } from '../routing/cooldown.ts';
import { allowsPrivateNetwork, definitionOf, DEMO, endpointsOf, keysOf } from '../runtime.ts';
import { fingerprint } from '../state/key-ring.ts';
import type { ControlPorts } from './ports.ts';

/** Built-in providers that can be added, in the registry's order. */
export function templates(): readonly ProviderTemplate[] {
  return Object.values(definitions)
    .filter(({ id }) => id !== 'custom')
    .map(({ id, name, endpoints, addressExample = null, keyNeed, local, signUpUrl }) => ({
      id,
      name,
      endpoints: endpointViews(endpoints),
      addressExample,
      needsKey: keyNeed === 'required',
      local,
      signUpUrl,
    }));
}

type Several<T> = readonly [T, ...T[]];

function endpointViews([first, ...others]: Several<ProviderEndpoint>): Several<EndpointView> {
  const finalUrlOf = ({ dialect, baseUrl, exact }: ProviderEndpoint): string =>
    baseUrl === '' || exact === true ? baseUrl : dialects[dialect].chatUrl(baseUrl, 'MODEL', true);
  const view = (endpoint: ProviderEndpoint): EndpointView => ({
    dialect: endpoint.dialect,
    baseUrl: writtenAddress(endpoint),
    finalUrl: finalUrlOf(endpoint),
  });
  return [view(first), ...others.map(view)];
}

/** Every configured provider in the user's order, then the demo where there is one. */
export function providerViews(ports: ControlPorts): readonly ProviderView[] {
  const views = ports.config().providers.map((provider) => providerView(provider, ports));
  return ports.demoUpstream === null ? views : [...views, demoView(ports.demoUpstream, ports)];
}

export function providerView(config: ProviderConfig, ports: ControlPorts): ProviderView {
  const definition = definitionOf(config);
  const builtIn = definition.id === config.id;
  const keys = keysOf(config, ports.memoryKeys.all()).map((key) => keyView(config, key, ports));
  const endpoints = endpointViews(endpointsOf(config));
  const needsKey = definition.keyNeed === 'required';
  return {
    id: config.id,
    name: config.name ?? (builtIn ? definition.name : config.id),
    enabled: config.enabled,
    builtIn,
    endpoints,
    baseUrl: endpoints[0].baseUrl,
    allowsPrivateNetwork: allowsPrivateNetwork(config),
    needsKey,
    local: definition.local,
    demo: false,
    signUpUrl: definition.signUpUrl,
    keys,
    strategy: config.strategy,
    modelCount:
      config.models.length > 0 ? config.models.length : (ports.lists().get(config.id)?.length ?? null),
    problem: problemOf(config, keys, needsKey),
  };
}

function problemOf(config: ProviderConfig, keys: readonly KeyView[], needsKey: boolean): string | null {
  if (!config.enabled) return null;
  if (keys.length === 0) return needsKey ? 'no_key' : null;
  if (keys.every(({ state }) => state === 'disabled')) return 'all_keys_disabled';
  if (keys.every(({ state }) => state !== 'ready' && state !== 'probing')) return 'no_usable_key';
  return null;
}

function keyView(provider: ProviderConfig, key: KeyConfig, ports: ControlPorts): KeyView {
  const secret = ports.ring.secretOf(provider.id, key);
  const health = ports.health.view(provider.id, key.id);
  const { source, variable } = sourceOf(provider.id, key, ports);
  const cooling = health.left > 0 ? health.cooling : undefined;
  return {
    id: key.id,
    label: key.label,
    fingerprint: secret === undefined ? '' : fingerprint(secret),
    source,
    variable,
    weight: key.weight,
    rpm: key.rpm,
    tpm: key.tpm,
    maxConcurrency: key.max_concurrency,
    enabled: key.enabled,
    state: stateOf(provider.id, key, secret, health.phase, ports),
    reason: cooling?.reason ?? null,
    scope: cooling?.scope ?? null,
    message: cooling?.message ?? null,
    told: cooling?.told,
    status: cooling?.status ?? null,
    coolingFor: Math.ceil(health.left),
    consecutiveFailures: health.consecutiveFailures,
    lastUsedAt: health.lastUsedAt,
    lastFailedAt: health.lastFailedAt,
    inFlight: health.inFlight,
    models: health.models.map(({ left, ...model }) => ({ ...model, coolingFor: Math.ceil(left) })),
    quota: ports.facts.quotaOf(provider.id, key.id),
    account: key.account ?? null,
    sharesAccountWith: accountMates(provider, key, ports),
    probe: ports.probeOf(provider.id, key.id),
    locked: source === 'environment',
  };
}

/** Other keys of the provider that are known to belong to the same account. */
function accountMates(provider: ProviderConfig, key: KeyConfig, ports: ControlPorts): readonly string[] {
  const account = ports.facts.accountOf(provider.id, key.id);
  if (account === undefined) return [];
  return keysOf(provider, ports.memoryKeys.all()).flatMap(({ id }) =>
    id !== key.id && ports.facts.accountOf(provider.id, id) === account ? [id] : [],
  );
}

function stateOf(
  provider: string,
  key: KeyConfig,
  secret: string | undefined,
  phase: string,
  ports: ControlPorts,
): KeyStateName {
  if (!key.enabled) return 'disabled';
  if (secret === undefined) return ports.ring.mayCome(provider, key) ? 'unavailable' : 'missing';
  if (phase === 'cooling') return 'cooling';
  return phase === 'probing' ? 'probing' : 'ready';
}

function sourceOf(
  provider: string,
  key: KeyConfig,
  ports: ControlPorts,
): { readonly source: KeySource; readonly variable: string | null } {
  if (ports.memoryKeys.find(provider, key.id) !== undefined) return { source: 'memory', variable: null };
  const origin = ports.config().keyOrigins[`${provider}/${key.id}`];
  if (origin?.kind === 'environment') return { source: 'environment', variable: origin.variable };
  return { source: key.value === undefined ? 'stored' : 'configuration', variable: null };
}

function demoView(url: string, ports: ControlPorts): ProviderView {
  const finalUrl = dialects['openai-chat'].chatUrl(url, 'MODEL', true);
  return {
    id: DEMO,
    name: 'Demo',
    enabled: true,
    builtIn: false,
    endpoints: [{ dialect: 'openai-chat', baseUrl: url, finalUrl }],
    baseUrl: url,
    allowsPrivateNetwork: true,
    needsKey: false,
    local: true,
    demo: true,
    signUpUrl: null,
    keys: [],
    strategy: 'weighted',
    modelCount: ports.lists().get(DEMO)?.length ?? null,
    problem: null,
  };
}

/** Why something cools, as explanations have it. */
export const whyCooling = ({ reason, status, message, told }: Cooling): CoolingCause => ({
  reason,
  status,
  message,
  told,
});
