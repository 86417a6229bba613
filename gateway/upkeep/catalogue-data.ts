/**
 * The bundled catalogues: prices from genai-prices, context and capabilities from the models.dev data of
 * tokenlens. Both are loaded when models are first looked at, of the second only the providers in use:
 * together they would cost every start 100 ms and 25 MB.
 */
import { findModel, readModelsDev } from '../catalogue/models-dev.ts';
import type { PriceBook } from '../catalogue/price-book.ts';
import type { ListedModel } from '../core/dialect.ts';
import type { ModelFacts } from '../core/model-facts.ts';
import type { Clock } from '../core/ports.ts';
import { listedPrice, type PriceSheet } from '../core/price-sheet.ts';
import { MODELS_DEV } from './models-dev-files.ts';

/** Some prices hold for hours of the day, so what was looked up is forgotten after this long, ms. */
const FRESH = 3_600_000;
/** After this long the event loop gets its turn, ms: thousands of names may be looked up at once. */
const SLICE = 5;

type Facts = readonly (Partial<ModelFacts> | undefined)[];

/** Addresses under which a provider may be known; it is who the catalogue knows at the first of them. */
export type Addresses = readonly string[];

/** A provider, and the models to look up. */
export interface Wanted {
  readonly addresses: Addresses;
  readonly models: readonly string[];
}

export interface CatalogueData {
  /** Loads and looks up; afterwards `facts` knows these models. */
  prepare(wanted: readonly Wanted[]): Promise<void>;
  /** What the catalogues know, the more trusted first; empty for what was not prepared, or is not known. */
  facts(addresses: Addresses, model: string): Facts;
  /** What a model costs at a provider with one of these addresses; null where the catalogue does not know it. */
  sheet(addresses: Addresses, model: string): Promise<PriceSheet | null>;
  /** Names of the models of a provider that has no list of its own; empty where it is not known. */
  names(address: string): Promise<readonly ListedModel[]>;
}

/** @param prices the price catalogue in force */
export function createCatalogueData(clock: Clock, prices: () => Promise<PriceBook>): CatalogueData {
  let looked = new Map<string, Facts>();
  let since = clock.monotonic();
  let of: PriceBook | undefined;
  const devModels = new Map<string, ReturnType<typeof readModelsDev>>();
  const key = (addresses: Addresses, model: string): string => [...addresses, model].join('\n');

  async function devModelsOf(id: string): Promise<ReturnType<typeof readModelsDev>> {
    const loaded = devModels.get(id) ?? readModelsDev(await MODELS_DEV[id]?.());
    devModels.set(id, loaded);
    return loaded;
  }

  async function prepareOne({ addresses, models }: Wanted, book: PriceBook): Promise<void> {
    const id = idOf(addresses, book);
    if (id === undefined) return;
    const loaded = await devModelsOf(id);
    let begun = clock.monotonic();
    for (const model of models.filter((one) => !looked.has(key(addresses, one)))) {
      if (clock.monotonic() - begun > SLICE) {
        await new Promise(setImmediate);
        begun = clock.monotonic();
      }
      const name = plainName(model);
      looked.set(key(addresses, model), [priced(book, id, name, clock.wall()), findModel(loaded, name)]);
    }
  }

  return {
    async prepare(wanted) {
      if (wanted.length === 0) return;
      const book = await prices();
      if (clock.monotonic() - since > FRESH || book !== of) {
        looked = new Map();
        since = clock.monotonic();
        of = book;
      }
      for (const one of wanted) await prepareOne(one, book);
    },
    facts: (addresses, model) => looked.get(key(addresses, model)) ?? [],
    async sheet(addresses, model) {
      const book = await prices();
      const id = idOf(addresses, book);
      return id === undefined ? null : (book.find(id, plainName(model))?.sheet ?? null);
    },
    async names(address) {
      const id = idOf([address], await prices());
      const known = id === undefined ? [] : (await devModelsOf(id)).keys();
      return [...known].map((model) => ({ id: model, created: 0, ownedBy: '' }));
    },
  };
}

/** Addresses under which the price book does not know a provider, and its name for it or for the other catalogue. */
const ALSO: readonly (readonly [RegExp, string])[] = [
  [/^https:\/\/api\.together\.ai(?:\/|$)/, 'together'],
  [/^https:\/\/dashscope(?:-[a-z]+)?\.aliyuncs\.com(?:\/|$)/, 'alibaba'],
];

function idOf(addresses: Addresses, book: PriceBook): string | undefined {
  for (const address of addresses) {
    const id = ALSO.find(([form]) => form.test(address))?.[1] ?? book.providerAt(address);
    if (id !== undefined) return id;
  }
  return undefined;
}

/** Google's OpenAI-compatible list prefixes its names. */
const plainName = (model: string): string => model.replace(/^models\//, '');

function priced(
  book: PriceBook,
  provider: string,
  model: string,
  wall: number,
): Partial<ModelFacts> | undefined {
  const found = book.find(provider, model);
  if (found === undefined) return undefined;
  const { name, contextTokens, sheet } = found;
  return { name, contextTokens, price: sheet === null ? null : listedPrice(sheet, wall) };
}
