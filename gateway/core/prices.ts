/** Where prices are asked for: looked up once for each model, then held until something about prices changes. */
import type { PriceSheet } from './price-sheet.ts';
import type { RuntimeProvider } from './runtime-provider.ts';

export interface Prices {
  /** Null: nobody knows a price. Undefined: it has not been looked up yet. */
  readonly held: (provider: RuntimeProvider, model: string) => PriceSheet | null | undefined;
  /** Looks it up and holds it; rejects where the catalogue cannot be read. */
  readonly find: (provider: RuntimeProvider, model: string) => Promise<PriceSheet | null>;
}
