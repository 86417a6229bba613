/** The price catalogue that ships with the app. */
import { openPriceBook, type PriceBook } from '../catalogue/price-book.ts';
import { expressionsIn, type BookProvider } from '../catalogue/price-data.ts';

/** Day on which the bundled version of genai-prices was published; its data says no day. */
export const PRICES_AS_OF = '2026-09-23';
/** The version that day is of; a test holds it against package.json. */
export const PRICES_VERSION = '0.1.8';

export interface BundledPrices {
  readonly book: PriceBook;
  /** Where its makers publish the newest data. */
  readonly url: string;
  /** Opens data of another day in its place. */
  readonly open: (providers: readonly BookProvider[], asOf: string) => PriceBook;
}

/** Takes 30 ms and 4 MB, so it is done when a price is first needed. */
export async function loadBundledPrices(): Promise<BundledPrices> {
  const { REMOTE_DATA_JSON_URL: url, waitForUpdate } = await import('@pydantic/genai-prices');
  // Nobody here gives the package other data, so what it would wait for is what it has.
  const providers = (await waitForUpdate()) ?? [];
  const trusted = expressionsIn(providers);
  return {
    url,
    book: openPriceBook(providers, PRICES_AS_OF, trusted),
    open: (others, asOf) => openPriceBook(others, asOf, trusted),
  };
}
