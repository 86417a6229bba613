/** What a model costs: by its provider's own list, else by the bundled catalogue. */
import { mergeFacts } from '../catalogue/merge-facts.ts';
import type { PriceOf } from '../pipeline/spending.ts';
import type { CatalogueData } from '../upkeep/catalogue-data.ts';

/** The catalogue is loaded with the first price that is asked for. */
export function createPriceLookup(catalogue: Pick<CatalogueData, 'prepare' | 'facts'>): PriceOf {
  return async ({ id, definition, endpoints, factsOf }, model) => {
    const own = factsOf(model);
    if (own.price !== undefined && own.price !== null) return own.price;
    // A built-in provider is what it says it is, wherever a proxy in front of it listens.
    const address = definition.id === id ? definition.endpoints[0].baseUrl : endpoints[0].baseUrl;
    await catalogue.prepare([{ address, models: [model] }]);
    return mergeFacts(catalogue.facts(address, model)).price;
  };
}
