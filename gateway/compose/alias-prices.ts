/** Prices of the models that aliases choose by, looked up ahead: no request waits for a catalogue. */
import type { ModelPrice } from '../../contract/rpc/procedures/models.ts';
import type { RuntimeProvider } from '../core/runtime-provider.ts';
import type { RuntimeSnapshot } from '../pipeline/runtime-snapshot.ts';
import { match } from '../routing/match.ts';
import type { Target } from '../routing/snapshot.ts';

/** What runs on the user's own machine or network. */
const FREE: ModelPrice = {
  input: 0,
  output: 0,
  cacheRead: 0,
  cacheWrite: 0,
  source: 'provider',
  tiered: false,
};

export interface AliasPrices {
  readonly of: (target: Target) => ModelPrice | undefined;
  /** Looks up what the aliases of the configuration in force need; nothing where none goes by price. */
  readonly refresh: () => Promise<void>;
}

export function createAliasPrices(
  lookUp: (provider: RuntimeProvider, model: string) => Promise<ModelPrice | null>,
  snapshot: () => RuntimeSnapshot,
): AliasPrices {
  let prices: ReadonlyMap<string, ModelPrice> = new Map();
  let latest = 0;

  return {
    of: ({ provider, model }) => prices.get(`${provider}/${model}`),
    async refresh() {
      const { routing, providers } = snapshot();
      const turn = (latest += 1);
      const found = new Map<string, ModelPrice>();
      for (const { provider: id, model } of pricedTargets(routing)) {
        const provider = providers.get(id);
        if (provider === undefined) continue;
        // A catalogue that cannot be read leaves a model without a price, and a request where it is written.
        const known = await lookUp(provider, model).catch(() => null);
        const price = known ?? (provider.definition.local ? FREE : null);
        if (price !== null) found.set(`${id}/${model}`, price);
      }
      // A later configuration may have been looked up sooner.
      if (turn === latest) prices = found;
    },
  };
}

function pricedTargets(routing: RuntimeSnapshot['routing']): readonly Target[] {
  return [...routing.aliases].flatMap(([name, { strategy }]) => {
    const found = strategy === 'cheapest' ? match(name, routing) : undefined;
    return found?.kind === 'targets' ? found.targets : [];
  });
}
