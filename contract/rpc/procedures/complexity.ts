/** How hard requests are taken to be: the weights and thresholds, and the score of one request. */
import * as z from 'zod/mini';
import {
  complexitySchema,
  type ComplexityConfig,
  type ComplexityFeature,
  type ComplexityLevel,
} from '../../config/routing.ts';
import { define, nothing } from '../define.ts';
import { REQUEST_FORMATS } from '../request-formats.ts';

export interface ComplexityView {
  readonly settings: ComplexityConfig;
  readonly defaults: ComplexityConfig;
  /** Aliases whose strategy it is. */
  readonly aliases: readonly string[];
}

export interface ComplexityScore {
  /** From 0 to 1. */
  readonly score: number;
  readonly level: ComplexityLevel;
  /** What each feature contributed. */
  readonly parts: Readonly<Record<ComplexityFeature, number>>;
}

/** How strongly one request shows each feature, from 0 to 1: its score under any weights follows. */
export type ComplexityStrengths = Readonly<Record<ComplexityFeature, number>>;

export interface RecentComplexity {
  /** Of the last requests whose body the log has whole, the newest first. */
  readonly requests: readonly ComplexityStrengths[];
  /** Requests that were looked at; the rest of them has no body that can be read. */
  readonly looked: number;
}

/** Characters of a request to be scored. */
const LONGEST_REQUEST = 20_000_000;

export const complexityProcedures = {
  'complexity.show': define(nothing).returns<ComplexityView>(),
  /** In force at once; what is as by default leaves the file. What is as in `seen` stays as it is by now. */
  'complexity.set': define(
    z.strictObject({ seen: z.optional(complexitySchema), settings: complexitySchema }),
  ).returns<ComplexityView>(),
  /** The score of a request by these settings, which need not be those in force. Nothing is sent. */
  'complexity.score': define(
    z.strictObject({
      format: z._default(z.enum(REQUEST_FORMATS), 'openai-chat'),
      body: z.string().check(z.maxLength(LONGEST_REQUEST)),
      settings: complexitySchema,
    }),
  ).returns<ComplexityScore>(),
  /** What the last requests of the log show of each feature; at most 200 of them, or a few MB. */
  'complexity.recent': define(nothing).returns<RecentComplexity>(),
};
