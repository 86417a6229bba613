/** Prices of the models that aliases choose by: from the provider's own list, else from the bundled catalogue. */
import type { ModelPrice } from '../../contract/rpc/procedures/models.ts';
import { mergeFacts } from '../catalogue/merge-facts.ts';
import type { RuntimeSnapshot } from '../pipeline/runtime-snapshot.ts';
import { match } from '../routing/match.ts';
import type { Target } from '../routing/snapshot.ts';
import type { CatalogueData } from '../upkeep/catalogue-data.ts';

/** What runs on the user's own machine or network. */
const FREE: ModelPrice = {
  input: 0,
  output: 0,
  cacheRead: 0,
  cacheWrite: 0,
  source: 'provider',
  tiered: false,
};

export interface Prices {
  readonly of: (target: Target) => ModelPrice | undefined;
  /** Looks up what the aliases of the configuration in force need; nothing where none goes by price. */
  readonly refresh: () => Promise<void>;
}

export function createPrices(
  catalogue: Pick<CatalogueData, 'prepare' | 'facts'>,
  snapshot: () => RuntimeSnapshot,
): Prices {
  let prices: ReadonlyMap<string, ModelPrice> = new Map();

  return {
    of: ({ provider, model }) => prices.get(`${provider}/${model}`),
    async refresh() {
      const { routing, providers } = snapshot();
      const cheapest = [...routing.aliases].flatMap(([name, { strategy }]) =>
        strategy === 'cheapest' ? [match(name, routing)] : [],
      );
      const targets = cheapest.flatMap((found) => (found.kind === 'targets' ? found.targets : []));
      const found = new Map<string, ModelPrice>();
      for (const { provider: id, model } of targets) {
        const provider = providers.get(id);
        if (provider === undefined) continue;
        const address = provider.endpoints[0].baseUrl;
        await catalogue.prepare([{ address, models: [model] }]);
        const { price } = mergeFacts([provider.factsOf(model), ...catalogue.facts(address, model)]);
        const known = price ?? (provider.definition.local ? FREE : null);
        if (known !== null) found.set(`${id}/${model}`, known);
      }
      prices = found;
    },
  };
}
