/** The models that a slot can be given, narrowed by what is typed, and whether one can be served. Pure. */
import type { ModelCatalogue } from '../../../contract/rpc/procedures/models.ts';

/** Rows that are shown; more is a reason to type on. */
const MOST = 60;

export interface ModelChoice {
  readonly id: string;
  readonly alias: boolean;
  /** Empty for an alias. */
  readonly provider: string;
  readonly usable: boolean;
}

/** @param typed words that must all occur */
export function modelChoices(catalogue: ModelCatalogue | null, typed: string): readonly ModelChoice[] {
  const words = typed.trim().toLowerCase().split(/\s+/);
  const fits = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word));
  const aliases = (catalogue?.aliases ?? [])
    .filter(fits)
    .map((id): ModelChoice => ({ id, alias: true, provider: '', usable: true }));
  const models = (catalogue?.models ?? [])
    .filter(({ id, providerName }) => fits(`${id} ${providerName}`))
    .map(({ id, providerName, usable }): ModelChoice => ({
      id,
      alias: false,
      provider: providerName,
      usable,
    }))
    .toSorted((one, other) => Number(other.usable) - Number(one.usable));
  return [...aliases, ...models].slice(0, MOST);
}

export interface Serving {
  /** Models that nothing offers, or nothing that can be used now. */
  readonly unserved: readonly string[];
  /** Providers that offer the others, at most one for each way. */
  readonly providers: number;
}

/** @param wanted models by which a tool asks; a name may leave its provider out, as clients do */
export function servingOf(catalogue: ModelCatalogue, wanted: readonly string[]): Serving {
  const providers = new Set<string>();
  const unserved = wanted.filter((name) => {
    if (catalogue.aliases.includes(name)) return false;
    const offers = catalogue.models.filter(
      ({ id, model, usable }) => usable && (id === name || model === name),
    );
    for (const { provider } of offers) providers.add(provider);
    return offers.length === 0;
  });
  return { unserved, providers: providers.size };
}
