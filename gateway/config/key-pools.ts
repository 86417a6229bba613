/**
 * Every provider with every key it has, wherever the key was given: its own list, the user manual's `models:`,
 * or a variable. Providers that only a key or a model names are there without an entry of their own.
 */
import {
  keySchema,
  providerSchema,
  type KeyConfig,
  type ProviderConfig,
} from '../../contract/config/provider.ts';
import type { Config, ManualModelConfig } from '../../contract/config/schema.ts';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { fault } from '../../contract/rpc/fault-words.ts';
import { say } from '../core/sayings.ts';
import type { Reference } from './expand.ts';
import type { KeyOverride } from './overrides.ts';
import { pathText, type FieldFault, type FieldPath } from './problem.ts';

/** Where the secret of a key comes from. */
export type KeyOrigin =
  /** A variable the gateway reads by itself; the file can only describe the key further. */
  | { readonly kind: 'environment'; readonly variable: string }
  /** The provider's own list; `variable` is set where the value is a `${NAME}`. */
  | { readonly kind: 'configuration'; readonly variable: string | null }
  /** An entry of `models:`; it goes away with that entry. */
  | { readonly kind: 'models'; readonly variable: string | null }
  /** No value in the file: the secret store has it. */
  | { readonly kind: 'store' };

export interface KeyPools {
  readonly providers: readonly ProviderConfig[];
  /** By `<provider>/<key id>`. */
  readonly origins: Readonly<Record<string, KeyOrigin>>;
  readonly warnings: readonly Told[];
  readonly faults: readonly FieldFault[];
}

interface PoolKey {
  readonly key: KeyConfig;
  readonly origin: KeyOrigin;
}

interface Pool {
  readonly provider: ProviderConfig;
  readonly keys: PoolKey[];
  /** Keys of the list without a value whose id says that the value comes from elsewhere. */
  readonly notes: Map<string, KeyConfig>;
}

/** Ids of keys from variables and from `models:` begin so; an entry with such an id adds settings to that key. */
const DERIVED_ID = /^(?:env|model)-/;

/** @param references the configuration's `${NAME}`s, by path */
export function poolKeys(
  config: Config,
  overrides: readonly KeyOverride[],
  references: ReadonlyMap<string, Reference>,
): KeyPools {
  const clientKeys = new Set([config.server.api_key, ...config.clients.map(({ key }) => key)]);
  clientKeys.delete('');
  const pools = new Map<string, Pool>();
  const warnings: Told[] = [];
  const faults: FieldFault[] = [];

  function poolOf(id: string, provider?: ProviderConfig): Pool {
    const found = pools.get(id);
    if (found !== undefined) return found;
    const pool = {
      provider: provider ?? providerSchema.parse({ id }),
      keys: [],
      notes: new Map<string, KeyConfig>(),
    };
    pools.set(id, pool);
    return pool;
  }

  /** @returns the usable value; undefined when the key has to be left out, which is then said */
  function usable(value: string, place: string, path: FieldPath): string | undefined {
    const secret = value.trim();
    if (secret === '') {
      const unset = references.get(pathText(path))?.unset ?? [];
      const names = unset.join(', ');
      warnings.push(names === '' ? fault('key-empty', { place }) : fault('key-unset', { place, names }));
      return undefined;
    }
    if (clientKeys.has(secret)) {
      warnings.push(fault('key-of-clients', { place }));
      return undefined;
    }
    if (!/^[\x21-\x7e]+$/.test(secret)) {
      const told = fault('key-ascii');
      faults.push({ path, told: path.length === 0 ? say('at-path', { path: place }, told) : told });
      return undefined;
    }
    return secret;
  }

  function add(pool: Pool, candidate: PoolKey): void {
    const twin = pool.keys.findIndex(
      ({ key }) => key.value !== undefined && key.value === candidate.key.value,
    );
    const known = pool.keys[twin];
    if (known !== undefined) pool.keys[twin] = merged(known, candidate);
    else pool.keys.push(candidate);
  }

  function derived(pool: Pool, wanted: string): KeyConfig {
    const taken = new Set(pool.keys.map(({ key }) => key.id));
    const id = numbered(wanted, (name) => taken.has(name));
    return pool.notes.get(id) ?? keySchema.parse({ id });
  }

  config.providers.forEach((provider, index) => {
    const pool = poolOf(provider.id, provider);
    provider.keys.forEach((key, position) => {
      const path = ['providers', index, 'keys', position, 'value'];
      if (key.value === undefined && DERIVED_ID.test(key.id)) pool.notes.set(key.id, key);
      else if (key.value === undefined) pool.keys.push({ key, origin: { kind: 'store' } });
      else {
        const value = usable(key.value, pathText(path), path);
        const variable = references.get(pathText(path))?.variables[0] ?? null;
        if (value !== undefined)
          add(pool, { key: { ...key, value }, origin: { kind: 'configuration', variable } });
      }
    });
  });

  for (const { provider, value: given, weight, origin } of overrides) {
    const value = usable(given, origin, []);
    if (value === undefined) continue;
    const pool = poolOf(provider);
    const key = derived(pool, `env-${slug(origin)}`);
    const settled = pool.notes.has(key.id) ? key : { ...key, weight };
    add(pool, { key: { ...settled, value }, origin: { kind: 'environment', variable: origin } });
  }

  config.models.forEach((model, index) => {
    if ('targets' in model) return;
    const pool = poolOf(model.provider);
    if (model.api_key === undefined) return;
    const path = ['models', index, 'api_key'];
    const value = usable(model.api_key, pathText(path), path);
    if (value === undefined) return;
    const variable = references.get(pathText(path))?.variables[0] ?? null;
    const key = { ...derived(pool, `model-${slug(model.id)}`), value, models: [upstreamName(model)] };
    add(pool, { key, origin: { kind: 'models', variable } });
  });

  const all = [...pools.values()];
  return {
    providers: all.map(({ provider, keys }) => ({ ...provider, keys: keys.map(({ key }) => key) })),
    origins: Object.fromEntries(
      all.flatMap(({ provider, keys }) =>
        keys.map(({ key, origin }) => [`${provider.id}/${key.id}`, origin]),
      ),
    ),
    warnings,
    faults,
  };
}

/** One secret is one key: usable for the models of both, and for all where either is. */
function merged({ key, origin }: PoolKey, { key: twin }: PoolKey): PoolKey {
  const all = key.models.length === 0 || twin.models.length === 0;
  return { key: { ...key, models: all ? [] : [...new Set([...key.models, ...twin.models])] }, origin };
}

/** `openai/gpt-4` of the provider `openai` is `gpt-4` upstream (DESIGN section 5). */
function upstreamName({ id, provider }: ManualModelConfig): string {
  return id.startsWith(`${provider}/`) ? id.slice(provider.length + 1) : id;
}

/** A name as part of an id: letters, digits and dashes, short enough for a prefix and a number. */
function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50);
}

function numbered(wanted: string, taken: (name: string) => boolean): string {
  let name = wanted;
  for (let number = 2; taken(name); number += 1) name = `${wanted}-${number}`;
  return name;
}
