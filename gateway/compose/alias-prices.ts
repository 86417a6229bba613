/** Prices of the models that aliases choose by, looked up ahead: no request waits for a catalogue. */
import type { PriceSheet } from '../core/price-sheet.ts';
import type { RuntimeProvider } from '../core/runtime-provider.ts';
import type { RuntimeSnapshot } from '../pipeline/runtime-snapshot.ts';
import { match } from '../routing/match.ts';
import type { Target } from '../routing/snapshot.ts';

export interface AliasPrices {
  readonly of: (target: Target) => PriceSheet | undefined;
  /** Looks up what the aliases of the configuration in force need; nothing where none goes by price. */
  readonly refresh: () => Promise<void>;
}

export function createAliasPrices(
  lookUp: (provider: RuntimeProvider, model: string) => Promise<PriceSheet | null>,
  snapshot: () => RuntimeSnapshot,
): AliasPrices {
  let prices: ReadonlyMap<string, PriceSheet> = new Map();
  let latest = 0;

  return {
    of: ({ provider, model }) => prices.get(`${provider}/${model}`),
    async refresh() {
      const { routing, providers } = snapshot();
      const turn = (latest += 1);
      const found = new Map<string, PriceSheet>();
      for (const { provider: id, model } of pricedTargets(routing)) {
        const provider = providers.get(id);
        if (provider === undefined) continue;
        // A catalogue that cannot be read leaves a model without a price, and a request where it is written.
        const price = await lookUp(provider, model).catch(() => null);
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
