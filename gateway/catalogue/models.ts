/** What `GET /v1/models` offers: aliases, named models, every model of every enabled provider; and one of them. Pure. */
import type { ListedModel, OfferedModel } from '../core/dialect.ts';
import { listedAs } from '../routing/listed-as.ts';
import { match } from '../routing/match.ts';
import type { RoutingSnapshot } from '../routing/snapshot.ts';

/** Owner of names that are the user's own. */
const OWN = 'switchyard';

/**
 * Each id is one that a request may name. A provider's models are prefixed with it, so that they stay apart;
 * only where a single provider is set up do ids that carry a maker's prefix stay as they are, as the
 * clients of an aggregator expect them (REQUIREMENTS 2.1, 3.8).
 * @param lists models by provider id, as far as they are known
 */
export function offeredModels(
  routing: RoutingSnapshot,
  lists: ReadonlyMap<string, readonly ListedModel[]>,
): readonly OfferedModel[] {
  const offered = new Map<string, OfferedModel>();
  const add = (model: OfferedModel): void => {
    if (!offered.has(model.id)) offered.set(model.id, model);
  };
  for (const id of routing.aliases.keys()) add({ id, created: 0, ownedBy: OWN, provider: OWN });
  for (const [id, target] of routing.named) {
    add({ id, created: 0, ownedBy: target.provider, provider: target.provider });
  }
  const alone = routing.providers.length === 1;
  for (const { id: provider, models } of routing.providers) {
    for (const model of modelsOf(provider, models, lists)) {
      const id = alone && model.id.includes('/') ? model.id : `${provider}/${model.id}`;
      add({ ...model, id, provider });
    }
  }
  return [...offered.values()];
}

/**
 * One model by any name that chat takes: without its provider, or shorter than it is listed. It bears the name that was
 * asked for, which is the one its client will use.
 * @param offered what `offeredModels` found
 */
export function modelNamed(
  name: string,
  offered: readonly OfferedModel[],
  routing: RoutingSnapshot,
  lists: ReadonlyMap<string, readonly ListedModel[]>,
): OfferedModel | undefined {
  const listed = offered.find(({ id }) => id === name);
  if (listed !== undefined || name === '') return listed;
  const found = match(name, routing);
  const [place] = found.kind === 'targets' ? found.targets : [];
  if (place === undefined) return undefined;
  const { provider } = place;
  const models = routing.providers.find(({ id }) => id === provider)?.models ?? null;
  const meant = (models === null ? undefined : listedAs(models, place.model)) ?? place.model;
  const details = lists.get(provider)?.find(({ id }) => id === meant);
  return { ...(details ?? { created: 0, ownedBy: provider }), id: name, provider };
}

/** Names the user wrote down are offered even where the provider lists none, or others. */
function modelsOf(
  provider: string,
  models: ReadonlySet<string> | null,
  lists: ReadonlyMap<string, readonly ListedModel[]>,
): readonly ListedModel[] {
  const listed = lists.get(provider) ?? [];
  if (models === null) return listed;
  const details = new Map(listed.map((model) => [model.id, model]));
  return [...models].map((id) => details.get(id) ?? { id, created: 0, ownedBy: provider });
}
