/** The cache of answers. */
import * as z from 'zod/mini';
import { define, nothing } from '../define.ts';

export interface CacheView {
  readonly enabled: boolean;
  /** Answers kept now. */
  readonly entries: number;
  readonly bytes: number;
  /** Requests answered from it and requests that looked in vain, since the gateway started. */
  readonly hits: number;
  readonly misses: number;
}

export const cacheProcedures = {
  'cache.state': define(nothing).returns<CacheView>(),
  /** Forgets every answer; answers how many. */
  'cache.clear': define(z.strictObject({})).returns<number>(),
};
