/**
 * What a model costs: what the user wrote down, else nothing where it runs here, else what its provider's list says,
 * else the catalogue.
 */
import type { PriceConfig } from '../../contract/config/prices.ts';
import { overrideOf, readOverrides, type PriceOverride } from '../catalogue/price-overrides.ts';
import { vendorAddresses } from '../catalogue/vendor-addresses.ts';
import { FREE, sheetOf, type PriceSheet } from '../core/price-sheet.ts';
import type { Prices } from '../core/prices.ts';
import type { RuntimeProvider } from '../core/runtime-provider.ts';
import type { CatalogueData } from '../upkeep/catalogue-data.ts';

/** Clients choose names, so there may be any number of them. */
const MOST_HELD = 2_000;

export interface PriceLookup extends Prices {
  /** Every source that knows it; the first is the one in force. */
  readonly explain: (provider: RuntimeProvider, model: string) => Promise<readonly PriceSheet[]>;
  readonly override: (provider: string, model: string) => PriceSheet | undefined;
  /** After a change of configuration, lists or catalogue. */
  readonly forget: () => void;
}

/** The catalogue is loaded with the first price that nothing else tells. */
export function createPriceLookup(ports: {
  readonly catalogue: Pick<CatalogueData, 'sheet'>;
  /** Of the configuration in force. */
  readonly overrides: () => readonly PriceConfig[];
  /** Unix ms at which a provider's list was read. */
  readonly listedAt: (provider: string) => number | null;
}): PriceLookup {
  let held = new Map<string, PriceSheet | null>();
  let own: readonly PriceOverride[] | undefined;

  function overriding(provider: string, model: string): PriceSheet | undefined {
    own ??= readOverrides(ports.overrides());
    return overrideOf(own, provider, model);
  }

  /** Without looking anything up, the one in force first. */
  function* here(provider: RuntimeProvider, model: string): Generator<PriceSheet, undefined> {
    const override = overriding(provider.id, model) ?? overriding(provider.id, provider.listedAs(model));
    if (override !== undefined) yield override;
    if (provider.demo || provider.definition.local) yield FREE;
    const { price } = provider.factsOf(model);
    if (price === undefined || price === null) return;
    const at = ports.listedAt(provider.id);
    yield sheetOf(price, model, at === null ? null : new Date(at).toISOString().slice(0, 10));
  }

  async function inCatalogue({ definition, endpoints, listedAs }: RuntimeProvider, model: string) {
    const addresses = vendorAddresses(definition, endpoints[0].baseUrl);
    const sheet = await ports.catalogue.sheet(addresses, listedAs(model));
    return sheet ?? ports.catalogue.sheet(addresses, model);
  }

  function hold(into: typeof held, key: string, sheet: PriceSheet | null): PriceSheet | null {
    if (into.size >= MOST_HELD) into.clear();
    into.set(key, sheet);
    return sheet;
  }

  return {
    held(provider, model) {
      const key = `${provider.id}/${model}`;
      const known = held.get(key);
      if (known !== undefined) return known;
      const sheet = here(provider, model).next().value;
      return sheet === undefined ? undefined : hold(held, key, sheet);
    },
    async find(provider, model) {
      const key = `${provider.id}/${model}`;
      // What changes meanwhile begins a map of its own.
      const into = held;
      const known = into.get(key) ?? here(provider, model).next().value;
      if (known !== undefined) return hold(into, key, known);
      return hold(into, key, await inCatalogue(provider, model));
    },
    async explain(provider, model) {
      const known = [...here(provider, model)];
      const listed = provider.demo ? null : await inCatalogue(provider, model);
      return listed === null ? known : [...known, listed];
    },
    override: overriding,
    forget() {
      held = new Map();
      own = undefined;
    },
  };
}
