/** From a name to the places it leads to: alias, named model, `provider/model`, a listed id, the only provider. Pure. */
import type { Choices } from './choices.ts';
import { keptFor } from './kept-for.ts';
import { listedAs } from './listed-as.ts';
import {
  usableFor,
  type RoutableAlias,
  type RoutableProvider,
  type RoutingSnapshot,
  type Target,
} from './snapshot.ts';
import { rankTargets } from './strategy.ts';

/** True when there is a place to go, in whatever order. @param model a name of the configuration */
export function leadsSomewhere(model: string, snapshot: RoutingSnapshot): boolean {
  return written(model, snapshot).length > 0;
}

/** What was found in a snapshot: it never changes, so neither does where its names lead. */
interface Found {
  readonly written: Map<string, readonly Target[]>;
  readonly plain: Map<string, ReadonlyMap<string, readonly Target[]> | null>;
}
const foundIn = keptFor((): Found => ({ written: new Map(), plain: new Map() }));

/**
 * Where a name leads, as it is written: found once for each snapshot, because every request asks it of the same few.
 * @param model a name of the configuration, never a client's: of those there may be any number
 */
function written(model: string, snapshot: RoutingSnapshot): readonly Target[] {
  const known = foundIn(snapshot).written;
  let places = known.get(model);
  if (places === undefined) known.set(model, (places = resolve(model, snapshot)));
  return places;
}

/**
 * The places of each target of an alias as most are: no target is an alias itself, and no two lead to the same place.
 * Then each order of the targets is one of the places, and nothing has to be looked at twice. Null for others.
 */
function plainPlaces(
  name: string,
  alias: RoutableAlias,
  snapshot: RoutingSnapshot,
): ReadonlyMap<string, readonly Target[]> | null {
  const known = foundIn(snapshot).plain;
  let places = known.get(name);
  if (places === undefined) known.set(name, (places = findPlain(alias, snapshot)));
  return places;
}

function findPlain(
  { targets }: RoutableAlias,
  snapshot: RoutingSnapshot,
): ReadonlyMap<string, readonly Target[]> | null {
  if (targets.some(({ model }) => snapshot.aliases.has(model))) return null;
  const places = new Map(targets.map(({ model }) => [model, written(model, snapshot)]));
  const all = [...places.values()].flat();
  return places.size === targets.length && unique(all).length === all.length ? places : null;
}

/**
 * Targets in order, aliases among them replaced by theirs; an alias met again is taken for a model's name.
 * @param choices absent: as they are written
 */
export function resolve(model: string, snapshot: RoutingSnapshot, choices?: Choices): readonly Target[] {
  const first = snapshot.aliases.get(model);
  if (first === undefined) return alone(resolveOne(model, snapshot));
  const places = plainPlaces(model, first, snapshot);
  const targets: Target[] = [];
  if (places !== null) {
    for (const target of inOrder(model, first, snapshot, choices))
      targets.push(...(places.get(target) ?? []));
    return targets;
  }
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
  return listedOtherwise(model, prefixed, snapshot);
}

/**
 * Vendors take shorter names than they list (`llama3.2`, `claude-sonnet-4-5`, `…-latest`). Such a name goes out as it
 * was written, and only where no list holds it.
 */
function listedOtherwise(
  model: string,
  prefixed: Prefixed | undefined,
  { providers }: RoutingSnapshot,
): Target | undefined {
  const means = (provider: RoutableProvider, name: string): boolean =>
    provider.models !== null && usableFor(provider, name) && listedAs(provider.models, name) !== undefined;
  if (prefixed !== undefined && means(prefixed.provider, prefixed.rest)) {
    return { provider: prefixed.provider.id, model: prefixed.rest };
  }
  // One that is still to be read may hold the very name: `findTargets` waits for it. One that cannot be read may too,
  // but nobody would ever know.
  if (providers.some(({ unread }) => unread === true)) return undefined;
  const meant = providers.find((provider) => means(provider, model));
  return meant === undefined ? undefined : { provider: meant.id, model };
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

interface Prefixed {
  readonly provider: RoutableProvider;
  readonly rest: string;
}

/** A name that begins with a provider's id. */
export function splitPrefix(model: string, snapshot: RoutingSnapshot): Prefixed | undefined {
  const slash = model.indexOf('/');
  if (slash <= 0 || slash === model.length - 1) return undefined;
  const provider = snapshot.providers.find(({ id }) => id === model.slice(0, slash));
  return provider === undefined ? undefined : { provider, rest: model.slice(slash + 1) };
}
