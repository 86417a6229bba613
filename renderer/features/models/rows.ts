/** A model with what the page adds to it: what was told since, what was measured, what the search looks at. Pure. */
import type { MeasuredModel, ModelView } from '../../../contract/rpc/procedures/models.ts';

export interface ModelRow extends ModelView {
  /** All that the search looks at, in lower case. */
  readonly haystack: string;
  /** Figures of the last days; null where it was not asked. */
  readonly measured: MeasuredModel | null;
}

/** What has been told since the list was read. */
export interface Told {
  /** Which providers can be used, by id. */
  readonly usable: ReadonlyMap<string, boolean>;
  /** Which models are favourites, by id: stars turn at once, before the gateway has said so. */
  readonly favourites: ReadonlyMap<string, boolean>;
  readonly measured: ReadonlyMap<string, MeasuredModel>;
}

export const NOTHING_TOLD: Told = { usable: new Map(), favourites: new Map(), measured: new Map() };

export function rowsOf(models: readonly ModelView[], told: Told): readonly ModelRow[] {
  return models.map((model) => ({
    ...model,
    usable: told.usable.get(model.provider) ?? model.usable,
    favourite: told.favourites.get(model.id) ?? model.favourite,
    measured: told.measured.get(model.id) ?? null,
    haystack: [model.id, model.name ?? '', model.providerName, ...model.aliases].join('\n').toLowerCase(),
  }));
}
