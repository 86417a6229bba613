/** Every model of every provider, with what is known of it. */
import * as z from 'zod/mini';
import type { PriceRates, PriceSource, PriceTier } from '../../log/cost.ts';
import {
  correctionCapabilities,
  correctionName,
  correctionTokens,
  modelId,
} from '../../config/corrections.ts';
import { priceFields } from '../../config/prices.ts';
import type { Told } from '../connect-sayings.ts';
import { define, nothing } from '../define.ts';
import type { ModelCapability, ModelOutput } from '../model-fields.ts';

/** What holds now, US dollars per million tokens; a price that is not known is null, never 0. */
export interface ModelPrice extends PriceRates {
  /** Where the figures come from. */
  readonly source: PriceSource;
  /** True where longer prompts cost more than these figures say. */
  readonly tiered: boolean;
  /** What they cost then, in rising order; absent where they cost the same. */
  readonly tiers?: readonly PriceTier[] | undefined;
}

export type { ModelCapability, ModelOutput };

/** What a user may know better; null: not known. */
export interface CorrectableFacts {
  /** Name for people, where the catalogue has one. */
  readonly name: string | null;
  /** Tokens. */
  readonly contextTokens: number | null;
  readonly maxOutputTokens: number | null;
  readonly price: ModelPrice | null;
  /** What it can do besides text. */
  readonly capabilities: readonly ModelCapability[] | null;
}

/** One model as one provider offers it. */
export interface ModelView extends CorrectableFacts {
  /** What a client asks for: `<provider>/<model>`. */
  readonly id: string;
  readonly provider: string;
  readonly providerName: string;
  /** Name as the provider knows it. */
  readonly model: string;
  /** Of which `capabilities` nothing is said: they are neither there nor missing; absent where all are known. */
  readonly unknownCapabilities?: readonly ModelCapability[] | null | undefined;
  /** What its answers can be; null where that is not known. */
  readonly outputs: readonly ModelOutput[] | null;
  /** Unix ms of the release, where known. */
  readonly releasedAt: number | null;
  /** False while its provider is off or has no usable key. */
  readonly usable: boolean;
  /** Runs on the user's own machine or network: nobody bills it. */
  readonly local: boolean;
  /** Aliases of the user's own that name it as a target. */
  readonly aliases: readonly string[];
  readonly demo: boolean;
  /** The user marked it; such models stand first where one is chosen. */
  readonly favourite: boolean;
  /** Of each fact that the user corrected what holds without it; absent where nothing is corrected. */
  readonly corrected?: Partial<CorrectableFacts> | undefined;
  /** Pattern of the `prices` entry that counts, where it is one for several models; such a price is changed there. */
  readonly pricePattern?: string | undefined;
}

/** How a model of a provider did in a stretch of time, by the log. */
export interface MeasuredModel {
  /** `<provider>/<model>` as it was served. */
  readonly id: string;
  /** Requests that have ended, those answered from the cache of answers not among them where that can be told. */
  readonly requests: number;
  readonly succeeded: number;
  /** ms until the first content of streams, half of them sooner; null without a stream. */
  readonly firstContent: number | null;
  /** ms until the end, half of them sooner; null where none succeeded. */
  readonly duration: number | null;
  /** Pico-dollars. */
  readonly cost: number;
}

export interface MeasuredModels {
  /** Unix ms: since when. */
  readonly from: number;
  readonly models: readonly MeasuredModel[];
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
  /** Why the last reading failed. */
  readonly problem: Told | null;
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
  /** All there is, or models and list of one provider. */
  'models.list': define(
    z.strictObject({ provider: z.optional(z.string().check(z.maxLength(64))) }),
  ).returns<ModelCatalogue>(),
  /** Figures of the last seven days; of each provider at most the fifty models asked most. */
  'models.measured': define(nothing).returns<MeasuredModels>(),
  /** Marks a model as a favourite, or takes that back. Kept in the configuration. */
  'models.favourite': define(z.strictObject({ model: modelId, favourite: z.boolean() })).returns<{
    readonly favourites: readonly string[];
  }>(),
  /**
   * Corrects facts of one model in the configuration: what is absent stays as it is, null takes a correction back.
   * A price counts for requests that end after it.
   */
  'models.correct': define(
    z.strictObject({
      model: modelId,
      name: z.optional(z.nullable(correctionName)),
      contextTokens: z.optional(z.nullable(correctionTokens)),
      maxOutputTokens: z.optional(z.nullable(correctionTokens)),
      capabilities: z.optional(z.nullable(correctionCapabilities)),
      price: z.optional(z.nullable(z.strictObject(priceFields))),
    }),
  ).returns<ModelView>(),
  /** Asks the providers for their lists again: one, or all. Tells after each answer how many are left. */
  'models.refresh': define(z.strictObject({ provider: z.optional(z.string().check(z.maxLength(64))) }))
    .tells<{ readonly done: number; readonly of: number }>()
    .returns<ModelCatalogue>(),
};
