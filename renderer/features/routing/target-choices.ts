/** What a target can be, narrowed by what is typed. Pure. */
import type { ModelCatalogue } from '../../../contract/rpc/procedures/models.ts';

/** Rows that are shown; more is a reason to type on. */
const MOST = 50;

export interface TargetChoice {
  /** As it is written into the alias. */
  readonly model: string;
  readonly kind: 'alias' | 'model' | 'typed';
  /** Name of the provider; empty for aliases and typed names. */
  readonly provider: string;
  readonly usable: boolean;
}

/**
 * @param typed words that must all occur, and the name itself where nothing has it
 * @param taken targets that stand already
 * @param own name of the alias itself, which is no alias within it
 */
export function targetChoices(
  catalogue: ModelCatalogue | null,
  typed: string,
  taken: readonly string[],
  own: string,
): readonly TargetChoice[] {
  const text = typed.trim();
  const words = text.toLowerCase().split(/\s+/);
  const fits = (model: string): boolean =>
    !taken.includes(model) && words.every((word) => model.toLowerCase().includes(word));
  const aliases = (catalogue?.aliases ?? [])
    .filter((model) => model !== own && fits(model))
    .map((model): TargetChoice => ({ model, kind: 'alias', provider: '', usable: true }));
  const models = (catalogue?.models ?? [])
    .filter(({ id }) => fits(id))
    .map(({ id, providerName, usable }): TargetChoice => {
      return { model: id, kind: 'model', provider: providerName, usable };
    })
    .sort((a, b) => Number(b.usable) - Number(a.usable));
  const known = [...aliases, ...models];
  const typedIn = text === '' || taken.includes(text) || known.some(({ model }) => model === text);
  const shown = known.slice(0, MOST);
  return typedIn ? shown : [...shown, { model: text, kind: 'typed', provider: '', usable: true }];
}
