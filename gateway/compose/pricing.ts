/** Prices, put together: the catalogue in force, what a model costs by all sources, and choosing by it. */
import { join } from 'node:path';
import type { Config } from '../../contract/config/schema.ts';
import type { ControlPorts } from '../control/ports.ts';
import type { Prices } from '../core/prices.ts';
import type { GatewayPorts } from '../index.ts';
import type { RuntimeSnapshot } from '../pipeline/runtime-snapshot.ts';
import { loadBundledPrices } from '../upkeep/bundled-prices.ts';
import { createCatalogueData, type CatalogueData } from '../upkeep/catalogue-data.ts';
import type { Discovery } from '../upkeep/discovery.ts';
import type { FetchPrices } from '../upkeep/fetch-prices.ts';
import { createPriceStore } from '../upkeep/price-store.ts';
import { createPricesFile } from '../upkeep/prices-file.ts';
import { createChoosing, type Choosing } from './choosing.ts';
import { createPriceLookup } from './prices.ts';

export interface Pricing {
  readonly catalogue: CatalogueData;
  readonly prices: Prices;
  readonly choosing: Choosing['ports'];
  readonly control: ControlPorts['prices'];
  /** After a change of configuration or lists. */
  readonly refresh: () => void;
}

export function createPricing(
  { clock, logger, random, dataFolder }: GatewayPorts,
  around: {
    readonly fetchPrices: FetchPrices;
    readonly config: () => Config;
    readonly states: Discovery['states'];
    readonly snapshot: () => RuntimeSnapshot;
    /** Another catalogue is in force. */
    readonly changed: () => void;
  },
): Pricing {
  const store = createPriceStore({
    clock,
    logger,
    bundled: loadBundledPrices,
    fetch: around.fetchPrices,
    file: createPricesFile(join(dataFolder, 'prices.json')),
    changed() {
      refresh();
      around.changed();
    },
  });
  const catalogue = createCatalogueData(clock, store.book);
  const prices = createPriceLookup({
    catalogue,
    overrides: () => around.config().prices,
    listedAt: (id) => around.states().get(id)?.readAt ?? null,
  });
  const choosing = createChoosing({ clock, random, priceOf: prices.find, snapshot: around.snapshot });

  function refresh(): void {
    prices.forget();
    void choosing.refresh();
  }

  const { explain, override } = prices;
  return { catalogue, prices, choosing: choosing.ports, control: { ...store, explain, override }, refresh };
}
