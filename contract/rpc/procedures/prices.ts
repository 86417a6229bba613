/** What models cost: where prices come from, and asking for newer ones. */
import * as z from 'zod/mini';
import type { Told } from '../connect-sayings.ts';
import { define, nothing } from '../define.ts';
import type { ModelPrice } from './models.ts';

/** How the price catalogue stands. */
export interface PriceStatus {
  /** It shipped with the app, or was fetched since. */
  readonly source: 'bundled' | 'fetched';
  /** Day of its data, `2026-09-23`. */
  readonly asOf: string;
  /** Models it prices. */
  readonly models: number;
  /** Where newer data is fetched from when asked to. */
  readonly url: string;
  /** Unix ms at which the data in use was fetched; null where it shipped with the app. */
  readonly fetchedAt: number | null;
  /** Why the last attempt to fetch or read data failed, null when it did not. */
  readonly problem: Told | null;
}

/** What one source says of a model. */
export interface PriceRowView extends ModelPrice {
  readonly asOf: string | null;
  /** Name of the row in its source: of an override its pattern. */
  readonly name: string;
  /** It is the one that counts. */
  readonly inForce: boolean;
  /** It has other prices at other hours or after a day. */
  readonly changesWithTime: boolean;
}

export interface PricesOf {
  readonly provider: string;
  readonly model: string;
  /** The one that counts first, then what it stands above; empty where no source knows the model. */
  readonly rows: readonly PriceRowView[];
}

export const priceProcedures = {
  'prices.status': define(nothing).returns<PriceStatus>(),
  /** Fetches newer data. What cannot be used changes nothing and is told in `problem`. */
  'prices.refresh': define(nothing).returns<PriceStatus>(),
  /** Back to the data that shipped with the app. */
  'prices.reset': define(nothing).returns<PriceStatus>(),
  /** What counts for one model of one provider, `openai/gpt-5`, and what else is known. */
  'prices.of': define(
    z.strictObject({ model: z.string().check(z.minLength(3), z.maxLength(300), z.regex(/^[^/]+\/./)) }),
  ).returns<PricesOf>(),
};
