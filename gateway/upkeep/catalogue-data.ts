/**
 * The bundled catalogues: prices from genai-prices, context and capabilities from the models.dev data of
 * tokenlens. Both are loaded when models are first looked at, of the second only the providers in use:
 * together they would cost every start 100 ms and 25 MB.
 */
import type * as prices from '@pydantic/genai-prices';
import { findModel, readModelsDev } from '../catalogue/models-dev.ts';
import { priceOf } from '../catalogue/price-row.ts';
import type { ListedModel } from '../core/dialect.ts';
import type { ModelFacts } from '../core/model-facts.ts';
import type { Clock } from '../core/ports.ts';
import { MODELS_DEV } from './models-dev-files.ts';

/** Day on which the bundled version of genai-prices was published; its data says no day. */
export const PRICES_AS_OF = '2026-09-23';
/** The version that day is of; a test holds it against package.json. */
export const PRICES_VERSION = '0.1.8';

/** Some prices hold for hours of the day, so what was looked up is forgotten after this long, ms. */
const FRESH = 3_600_000;
/** After this long the event loop gets its turn, ms: thousands of names may be looked up at once. */
const SLICE = 5;

type Facts = readonly (Partial<ModelFacts> | undefined)[];
type Prices = typeof prices;

/** A provider by the address of its API, and the models to look up. */
export interface Wanted {
  readonly address: string;
  readonly models: readonly string[];
}

export interface CatalogueData {
  /** Loads and looks up; afterwards `facts` knows these models. */
  prepare(wanted: readonly Wanted[]): Promise<void>;
  /** What the catalogues know, the more trusted first; empty for what was not prepared, or is not known. */
  facts(address: string, model: string): Facts;
  /** Names of the models of a provider that has no list of its own; empty where it is not known. */
  names(address: string): Promise<readonly ListedModel[]>;
}

export function createCatalogueData(clock: Clock): CatalogueData {
  let looked = new Map<string, Facts>();
  let since = clock.monotonic();
  const devModels = new Map<string, ReturnType<typeof readModelsDev>>();
  const key = (address: string, model: string): string => `${address}\n${model}`;

  async function devModelsOf(id: string): Promise<ReturnType<typeof readModelsDev>> {
    const loaded = devModels.get(id) ?? readModelsDev(await MODELS_DEV[id]?.());
    devModels.set(id, loaded);
    return loaded;
  }

  async function prepareOne({ address, models }: Wanted, book: Prices): Promise<void> {
    const id = idOf(address, book);
    if (id === undefined) return;
    const loaded = await devModelsOf(id);
    let begun = clock.monotonic();
    for (const model of models.filter((one) => !looked.has(key(address, one)))) {
      if (clock.monotonic() - begun > SLICE) {
        await new Promise(setImmediate);
        begun = clock.monotonic();
      }
      // Google's OpenAI-compatible list prefixes its names.
      const name = model.replace(/^models\//, '');
      looked.set(key(address, model), [
        priced(book, id, name, new Date(clock.wall())),
        findModel(loaded, name),
      ]);
    }
  }

  return {
    async prepare(wanted) {
      if (clock.monotonic() - since > FRESH) {
        looked = new Map();
        since = clock.monotonic();
      }
      if (wanted.length === 0) return;
      const book = await import('@pydantic/genai-prices');
      for (const one of wanted) await prepareOne(one, book);
    },
    facts: (address, model) => looked.get(key(address, model)) ?? [],
    async names(address) {
      const id = idOf(address, await import('@pydantic/genai-prices'));
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

function idOf(address: string, book: Prices): string | undefined {
  return ALSO.find(([form]) => form.test(address))?.[1] ?? book.findProvider({ providerApiUrl: address })?.id;
}

function priced(
  book: Prices,
  providerId: string,
  model: string,
  timestamp: Date,
): Partial<ModelFacts> | undefined {
  const found = book.calcPrice({}, model, { providerId, timestamp });
  if (found === null) return undefined;
  return {
    name: found.model.name ?? null,
    contextTokens: found.model.context_window ?? null,
    price: priceOf(found.model_price),
  };
}
