/** From the model a client asked for to the places it can go (DESIGN section 5). Pure. */
import type { Choices } from './choices.ts';
import { nearestNames } from './nearest.ts';
import {
  usableFor,
  type RoutableAlias,
  type RoutableProvider,
  type RoutingSnapshot,
  type Target,
} from './snapshot.ts';
import { rankTargets } from './strategy.ts';

export type Match =
  /** Places to go, in order; at least one. */
  | { readonly kind: 'targets'; readonly targets: readonly Target[] }
  /** The client named no model and there is no default. */
  | { readonly kind: 'no-model' }
  | { readonly kind: 'no-provider' }
  /** The model's provider is known, but none of its keys can be used for it. */
  | { readonly kind: 'no-key'; readonly provider: string }
  /** An alias whose targets all lead nowhere, or back to itself. */
  | { readonly kind: 'empty-alias'; readonly alias: string; readonly targets: readonly string[] }
  /** `nearest` is found anew each time it is read. */
  | { readonly kind: 'unknown'; readonly model: string; readonly nearest: readonly string[] };

/**
 * Finds where `model` leads: alias, named model, `provider/model`, a listed id, or the only provider.
 * @param model as the client wrote it; empty takes the default model
 * @param choices decide in which order an alias's targets come; absent: as they are written
 */
export function match(model: string, snapshot: RoutingSnapshot, choices?: Choices): Match {
  const asked = model === '' ? snapshot.defaultModel : model;
  if (asked === '') return { kind: 'no-model' };
  const targets = resolve(asked, snapshot, choices);
  if (targets.length > 0) return { kind: 'targets', targets };
  if (snapshot.providers.length === 0) return { kind: 'no-provider' };
  const keyless = providerWithoutKey(asked, snapshot);
  if (keyless !== undefined) return { kind: 'no-key', provider: keyless };
  const alias = snapshot.aliases.get(asked);
  if (alias !== undefined) {
    return { kind: 'empty-alias', alias: asked, targets: alias.targets.map((target) => target.model) };
  }
  return {
    kind: 'unknown',
    model: asked,
    // Thousands of names take tens of ms to compare, and few who ask where a model leads want to know.
    get nearest() {
      return nearestNames(asked, knownNames(snapshot));
    },
  };
}

/** True when there is a place to go, in whatever order. @param model a name of the configuration */
export function leadsSomewhere(model: string, snapshot: RoutingSnapshot): boolean {
  return written(model, snapshot).length > 0;
}

/** What `written` has found. A snapshot never changes, so neither does where it leads. */
const found = new WeakMap<RoutingSnapshot, Map<string, readonly Target[]>>();

/**
 * Where a name leads, as it is written: found once for each snapshot, because every request asks it of the same few.
 * @param model a name of the configuration, never a client's: of those there may be any number
 */
function written(model: string, snapshot: RoutingSnapshot): readonly Target[] {
  let known = found.get(snapshot);
  if (known === undefined) found.set(snapshot, (known = new Map<string, readonly Target[]>()));
  let places = known.get(model);
  if (places === undefined) known.set(model, (places = resolve(model, snapshot)));
  return places;
}

/** Targets in order, aliases among them replaced by theirs; an alias met again is taken for a model's name. */
function resolve(model: string, snapshot: RoutingSnapshot, choices?: Choices): readonly Target[] {
  if (!snapshot.aliases.has(model)) return alone(resolveOne(model, snapshot));
  const targets: Target[] = [];
  const visited = new Set<string>();
  /** Names taken for models: hundreds of aliases that point at each other meet each a hundred times. */
  const looked = new Set<string>();
  // Not by recursion: a chain may be as long as the configuration.
  const waiting = [model];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const alias = visited.has(next) ? undefined : snapshot.aliases.get(next);
    if (alias !== undefined) {
      visited.add(next);
      const names = inOrder(next, alias, snapshot, choices);
      for (const name of names.toReversed()) if (!looked.has(name)) waiting.push(name);
      continue;
    }
    if (looked.has(next)) continue;
    looked.add(next);
    targets.push(
      ...(snapshot.aliases.has(next) ? alone(resolveOne(next, snapshot)) : written(next, snapshot)),
    );
  }
  return unique(targets);
}

const alone = (target: Target | undefined): readonly Target[] => (target === undefined ? [] : [target]);

function inOrder(
  name: string,
  alias: RoutableAlias,
  snapshot: RoutingSnapshot,
  choices: Choices | undefined,
): readonly string[] {
  if (choices === undefined) return alias.targets.map(({ model }) => model);
  const order = rankTargets(name, alias, (model) => written(model, snapshot), choices);
  choices.told?.({ alias: name, strategy: alias.strategy, order });
  return order.map(({ target }) => target.model);
}

function resolveOne(model: string, snapshot: RoutingSnapshot): Target | undefined {
  const named = snapshot.named.get(model);
  if (named !== undefined) {
    const provider = snapshot.providers.find(({ id }) => id === named.provider);
    return provider !== undefined && usableFor(provider, named.model) ? named : undefined;
  }
  const prefixed = splitPrefix(model, snapshot);
  if (prefixed !== undefined) {
    const { provider, rest } = prefixed;
    if (usableFor(provider, rest) && mayHave(provider, rest)) {
      return { provider: provider.id, model: rest };
    }
  }
  const listing = snapshot.providers.find(
    (provider) => provider.models !== null && lists(provider.models, model) && usableFor(provider, model),
  );
  if (listing !== undefined) return { provider: listing.id, model };
  const [only, ...others] = snapshot.providers;
  if (only !== undefined && others.length === 0 && mayHave(only, model) && usableFor(only, model)) {
    return { provider: only.id, model };
  }
  return undefined;
}

function splitPrefix(
  model: string,
  snapshot: RoutingSnapshot,
): { provider: RoutableProvider; rest: string } | undefined {
  const slash = model.indexOf('/');
  if (slash <= 0 || slash === model.length - 1) return undefined;
  const provider = snapshot.providers.find(({ id }) => id === model.slice(0, slash));
  return provider === undefined ? undefined : { provider, rest: model.slice(slash + 1) };
}

function mayHave({ models, partial }: RoutableProvider, id: string): boolean {
  return models === null || partial === true || lists(models, id);
}

/** OpenRouter's variants (`:free`, `:nitro`, `:online`) name a listed model with a wish; lists hold few of them. */
function lists(models: ReadonlySet<string>, id: string): boolean {
  if (models.has(id)) return true;
  const colon = id.lastIndexOf(':');
  return colon > 0 && models.has(id.slice(0, colon));
}

function unique(targets: readonly Target[]): readonly Target[] {
  if (targets.length < 2) return targets;
  const seen = new Set<string>();
  return targets.filter(({ provider, model }) => {
    const name = `${provider}/${model}`;
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

function providerWithoutKey(model: string, snapshot: RoutingSnapshot): string | undefined {
  const named = snapshot.named.get(model);
  if (named !== undefined) return named.provider;
  const prefixed = splitPrefix(model, snapshot);
  if (prefixed !== undefined && !usableFor(prefixed.provider, prefixed.rest)) return prefixed.provider.id;
  return snapshot.providers.every(({ keys }) => keys.length === 0) ? snapshot.providers[0]?.id : undefined;
}

function knownNames(snapshot: RoutingSnapshot): readonly string[] {
  const listed = snapshot.providers.flatMap(({ id, models }) =>
    models === null ? [] : [...models].map((model) => `${id}/${model}`),
  );
  return [...new Set([...snapshot.aliases.keys(), ...snapshot.named.keys(), ...listed])];
}
