/** Every model of every provider as the user interface sees it. Pure. */
import type { CorrectableFacts, ModelView } from '../../contract/rpc/procedures/models.ts';
import type { ListedModel } from '../core/dialect.ts';
import type { ModelFacts } from '../core/model-facts.ts';
import { mergeFacts } from './merge-facts.ts';

/** What the user wrote down of one model. */
export interface OwnFacts {
  readonly facts: Partial<CorrectableFacts>;
  /** Pattern of the price, where it is one for several models. */
  readonly pricePattern?: string | undefined;
}

/** One provider with all that is known of its models. */
export interface CataloguedProvider {
  readonly id: string;
  readonly name: string;
  readonly demo: boolean;
  /** It is on and has a key that can be used, or needs none. */
  readonly usable: boolean;
  /** Runs on the user's own machine or network. */
  readonly local: boolean;
  readonly models: readonly ListedModel[];
  /** What the user wrote down. */
  readonly own: (model: string) => OwnFacts | undefined;
  /** What the bundled catalogues know, the more trusted first. */
  readonly catalogues: (model: string) => readonly (Partial<ModelFacts> | undefined)[];
}

/**
 * @param aliases targets of each alias, as written
 * @param favourites ids
 */
export function modelViews(
  providers: readonly CataloguedProvider[],
  aliases: ReadonlyMap<string, readonly string[]>,
  favourites: ReadonlySet<string>,
): readonly ModelView[] {
  const namedBy = aliasesByTarget(aliases);
  return providers.flatMap((provider) =>
    provider.models.map((model): ModelView => {
      const id = `${provider.id}/${model.id}`;
      const own = provider.own(model.id);
      const told = mergeFacts([model.facts, ...provider.catalogues(model.id)]);
      const facts = own === undefined ? told : mergeFacts([own.facts, told]);
      return {
        id,
        provider: provider.id,
        providerName: provider.name,
        model: model.id,
        ...facts,
        releasedAt: facts.releasedAt ?? (model.created > 0 ? model.created * 1_000 : null),
        usable: provider.usable,
        local: provider.local,
        demo: provider.demo,
        aliases: [...(namedBy.get(id) ?? []), ...(namedBy.get(model.id) ?? [])],
        favourite: favourites.has(id),
        ...(own === undefined ? {} : correctionsIn(own, told)),
      };
    }),
  );
}

function correctionsIn(
  { facts, pricePattern }: OwnFacts,
  told: CorrectableFacts,
): Pick<ModelView, 'corrected' | 'pricePattern'> {
  return {
    corrected: {
      ...('name' in facts ? { name: told.name } : {}),
      ...('contextTokens' in facts ? { contextTokens: told.contextTokens } : {}),
      ...('maxOutputTokens' in facts ? { maxOutputTokens: told.maxOutputTokens } : {}),
      ...('price' in facts ? { price: told.price } : {}),
      ...('capabilities' in facts ? { capabilities: told.capabilities } : {}),
    },
    ...(pricePattern === undefined ? {} : { pricePattern }),
  };
}

/**
 * A provider's models: those its configuration names, else those it lists; models in the user manual's form
 * are added to both. What the list says of a named one is kept.
 */
export function modelsOf(
  listed: readonly ListedModel[],
  configured: readonly string[],
  manual: readonly string[],
): readonly ListedModel[] {
  const known = new Map(listed.map((model) => [model.id, model]));
  const names = new Set([...(configured.length > 0 ? configured : known.keys()), ...manual]);
  return [...names].map((id) => known.get(id) ?? { id, created: 0, ownedBy: '' });
}

function aliasesByTarget(
  aliases: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> {
  const named = new Map<string, string[]>();
  for (const [alias, targets] of aliases) {
    for (const target of new Set(targets)) named.set(target, [...(named.get(target) ?? []), alias]);
  }
  return named;
}
