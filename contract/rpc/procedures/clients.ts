/** Clients with a key of their own: what each may do. Their keys go in through the file, and never out. */
import * as z from 'zod/mini';
import { define, nothing } from '../define.ts';

export interface ClientView {
  readonly id: string;
  /** `…a1b2` */
  readonly fingerprint: string;
  /** Requests in any minute; 0: no limit. */
  readonly rpm: number;
  /** Requests under way at once; 0: no limit. */
  readonly maxConcurrency: number;
  /** Names it may ask for; empty: all. */
  readonly models: readonly string[];
}

const limit = z.optional(z.int().check(z.minimum(0), z.maximum(100_000)));

export const clientProcedures = {
  'clients.list': define(nothing).returns<readonly ClientView[]>(),
  'clients.update': define(
    z.strictObject({
      id: z.string().check(z.minLength(1), z.maxLength(64)),
      rpm: limit,
      maxConcurrency: limit,
    }),
  ).returns<readonly ClientView[]>(),
};
