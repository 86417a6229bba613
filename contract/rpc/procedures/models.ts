/** Every model of every provider, with what is known of it. */
import * as z from 'zod/mini';
import type { PriceRates, PriceSource, PriceTier } from '../../log/cost.ts';
import { define, nothing } from '../define.ts';

/** What holds now, US dollars per million tokens; a price that is not known is null, never 0. */
export interface ModelPrice extends PriceRates {
  /** Where the figures come from. */
  readonly source: PriceSource;
  /** True where longer prompts cost more than these figures say. */
  readonly tiered: boolean;
  /** What they cost then, in rising order; absent where they cost the same. */
  readonly tiers?: readonly PriceTier[] | undefined;
}

export type ModelCapability = 'tools' | 'reasoning' | 'vision' | 'files' | 'audio' | 'structured-output';

/** One model as one provider offers it. */
export interface ModelView {
  /** What a client asks for: `<provider>/<model>`. */
  readonly id: string;
  readonly provider: string;
  readonly providerName: string;
  /** Name as the provider knows it. */
  readonly model: string;
  /** Name for people, where the catalogue has one. */
  readonly name: string | null;
  /** Tokens; null where unknown. */
  readonly contextTokens: number | null;
  readonly maxOutputTokens: number | null;
  readonly price: ModelPrice | null;
  /** Known capabilities; null where nothing is known of the model. */
  readonly capabilities: readonly ModelCapability[] | null;
  /** Unix ms of the release, where known. */
  readonly releasedAt: number | null;
  /** False while its provider is off or has no usable key. */
  readonly usable: boolean;
  /** Runs on the user's own machine or network: nobody bills it. */
  readonly local: boolean;
  /** Aliases of the user's own that name it as a target. */
  readonly aliases: readonly string[];
  readonly demo: boolean;
}

/** How a provider's list stands. */
export interface ModelListState {
  readonly provider: string;
  readonly providerName: string;
  readonly state:
    /** Read from the provider. */
    | 'listed'
    /** Written down in the configuration; the provider is not asked. */
    | 'configured'
    /** The provider has no list; the bundled catalogue knows these of it, and others can be asked for. */
    | 'bundled'
    /** Not read yet, or the provider is off. */
    | 'unknown'
    /** The last reading failed; what an earlier one brought is still shown. */
    | 'failed';
  /** Models known of it. */
  readonly count: number;
  /** Unix ms of the last good answer. */
  readonly readAt: number | null;
  /** Why the last reading failed, in a sentence. */
  readonly problem: string | null;
}

export interface ModelCatalogue {
  readonly models: readonly ModelView[];
  readonly lists: readonly ModelListState[];
  /** Aliases of the user's own, which are asked for like models. */
  readonly aliases: readonly string[];
  /** Day the bundled prices were published, `2026-11-20`. */
  readonly pricesAsOf: string;
}

export const modelProcedures = {
  'models.list': define(nothing).returns<ModelCatalogue>(),
  /** Asks the providers for their lists again: one, or all. Tells after each answer how many are left. */
  'models.refresh': define(z.strictObject({ provider: z.optional(z.string().check(z.maxLength(64))) }))
    .tells<{ readonly done: number; readonly of: number }>()
    .returns<ModelCatalogue>(),
};
