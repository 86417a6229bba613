/** Aliases with how each of their targets would fare right now. Pure, but for asking health. */
import type { AliasConfig, ManualModelConfig } from '../../contract/config/schema.ts';
import type { AliasTargetView, AliasView, TargetProblem } from '../../contract/rpc/procedures/aliases.ts';
import { aliasHits, type RouteMemory } from '../routing/memory.ts';
import { match, type Match } from '../routing/match.ts';
import { keyServes, type RoutingSnapshot, type Target } from '../routing/snapshot.ts';
import { whyCooling } from './views.ts';
import type { ControlPorts } from './ports.ts';

export type AliasPorts = Pick<ControlPorts, 'config' | 'routing' | 'health'> & {
  readonly dryRun: { readonly memory: Pick<RouteMemory, 'hits'> };
};

type TargetHealth = Pick<AliasTargetView, 'state' | 'problem' | 'because' | 'coolingFor' | 'provider'>;

/** Every alias and every model in the user manual's form, in the order of the configuration. */
export function aliasViews(ports: AliasPorts): readonly AliasView[] {
  return ports.config().models.map((model) => aliasView(model, ports));
}

export function aliasView(model: AliasConfig | ManualModelConfig, ports: AliasPorts): AliasView {
  const { id } = model;
  const isDefault = ports.config().routing.default_model === id;
  const { count: hits, lastAt: lastHitAt } = ports.dryRun.memory.hits.of(aliasHits(id));
  if ('provider' in model) {
    const targets = [targetView(id, id, ports)];
    return { id, strategy: 'priority', targets, kind: 'manual', shadows: null, isDefault, hits, lastHitAt };
  }
  return {
    id,
    strategy: model.strategy,
    targets: model.targets.map((target) => ({ ...target, ...targetView(id, target.model, ports) })),
    kind: 'alias',
    shadows: shadowed(id, ports.routing()),
    isDefault,
    hits,
    lastHitAt,
  };
}

function targetView(alias: string, model: string, ports: AliasPorts): AliasTargetView {
  const routing = ports.routing();
  const isAlias = model !== alias && routing.aliases.has(model);
  return {
    model,
    alias: isAlias,
    cycle: isAlias ? wayBack(alias, model, routing.aliases) : null,
    ...healthOf(match(model, without(alias, routing)), model, ports),
  };
}

/** Within an alias its own name means the model of that name, as routing takes it. */
function without(alias: string, routing: RoutingSnapshot): RoutingSnapshot {
  const aliases = new Map(routing.aliases);
  aliases.delete(alias);
  return { ...routing, aliases };
}

function shadowed(alias: string, routing: RoutingSnapshot): string | null {
  const found = match(alias, without(alias, routing));
  const [first] = found.kind === 'targets' ? found.targets : [];
  const provider = routing.providers.find(({ id }) => id === first?.provider);
  // Where a list is unknown any name would do, and none is known to be hidden.
  return provider === undefined || provider.models === null ? null : provider.id;
}

/** @returns the names from the alias through `target` back to it, or null when it does not come back */
function wayBack(
  alias: string,
  target: string,
  aliases: RoutingSnapshot['aliases'],
): readonly string[] | null {
  const visited = new Set<string>();
  const waiting: (readonly string[])[] = [[alias, target]];
  for (let way = waiting.pop(); way !== undefined; way = waiting.pop()) {
    const last = way.at(-1) ?? '';
    for (const { model: next } of aliases.get(last)?.targets ?? []) {
      if (next === alias) return [...way, next];
      if (visited.has(next)) continue;
      visited.add(next);
      waiting.push([...way, next]);
    }
  }
  return null;
}

function healthOf(found: Match, model: string, ports: AliasPorts): TargetHealth {
  if (found.kind !== 'targets') return targetProblem(found, model, ports);
  const all = found.targets.map((target) => placeHealth(target, ports));
  const [first] = all;
  const soonest = all.toSorted((a, b) => a.coolingFor - b.coolingFor)[0];
  const best =
    all.find(({ state }) => state === 'ready') ?? all.find(({ state }) => state === 'unknown') ?? soonest;
  return { ...(best ?? problem('not_offered', null)), provider: first?.provider ?? null };
}

/** How one model of one provider would fare: by its best key. */
function placeHealth({ provider, model }: Target, { routing, health }: AliasPorts): TargetHealth {
  const place = routing().providers.find(({ id }) => id === provider);
  const uses = (place?.keys ?? [])
    .filter((key) => keyServes(key, model))
    .map(({ id }) => ({ provider, key: id, model }));
  const fit = uses.some((use) => {
    const phase = health.phase(use);
    return phase === 'none' || phase === 'half-open';
  });
  if (fit && place?.models === null) return { ...problem('list_unknown', provider), state: 'unknown' };
  if (fit) return { state: 'ready', problem: null, because: null, coolingFor: 0, provider };
  const [soonest] = uses
    .map((use) => ({ left: health.left(use), cooling: health.cooling(use) }))
    .sort((a, b) => a.left - b.left);
  if (soonest === undefined) return problem('no_key', provider);
  const { left, cooling } = soonest;
  return {
    state: 'cooling',
    problem: left > 0 ? 'keys_cooling' : 'keys_probing',
    because: cooling === undefined ? null : whyCooling(cooling),
    coolingFor: Math.ceil(left),
    provider,
  };
}

export function targetProblem(
  found: Exclude<Match, { kind: 'targets' }>,
  model: string,
  { config, routing }: Pick<AliasPorts, 'config' | 'routing'>,
): TargetHealth {
  const named = routing().named.get(model)?.provider ?? model.split('/')[0] ?? '';
  const configured = config().providers.find(({ id }) => id === named);
  if (configured?.enabled === false) return problem('provider_off', named);
  switch (found.kind) {
    case 'no-provider':
      return problem('no_provider', null);
    case 'no-key':
      return problem('no_key', found.provider);
    case 'empty-alias':
      return problem('empty_alias', null);
    case 'no-model':
    case 'unknown':
      return configured !== undefined && model.includes('/')
        ? problem('not_listed', named)
        : problem('not_offered', null);
  }
}

function problem(code: TargetProblem, provider: string | null): TargetHealth {
  return { state: 'unusable', problem: code, because: null, coolingFor: 0, provider };
}
