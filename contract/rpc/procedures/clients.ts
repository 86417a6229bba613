/** Clients with a key of their own: what each may do. A key is told once, to whoever had it made, and never again. */
import * as z from 'zod/mini';
import { clientBudgetSchema } from '../../config/protection.ts';
import { BODY_POLICIES, type BodyPolicy } from '../../config/schema.ts';
import { identifier } from '../../config/values.ts';
import { define, nothing } from '../define.ts';
import type { ToolId } from './connect.ts';

export interface ClientView {
  readonly id: string;
  /** `…a1b2` */
  readonly fingerprint: string;
  /** Its key only tells whose request it is; nobody is asked for one because of it. */
  readonly optional: boolean;
  /** Requests in any minute; 0: no limit. */
  readonly rpm: number;
  /** Requests under way at once; 0: no limit. */
  readonly maxConcurrency: number;
  /** Names it may ask for; empty: all. */
  readonly models: readonly string[];
  /** What the log keeps of its requests; null: as for everybody. */
  readonly log: BodyPolicy | null;
  /** The tool of this machine it is the client of; null where it is of none. */
  readonly tool: { readonly id: ToolId; readonly name: string } | null;
}

/** What a client did; those that never asked are not named. */
export interface ClientActivity {
  readonly id: string;
  /** Unix ms; null where the log holds none. */
  readonly lastRequestAt: number | null;
  /** Since midnight. */
  readonly requestsToday: number;
}

export interface ClientKey {
  readonly clients: readonly ClientView[];
  /** The new key, for this once. */
  readonly key: string;
}

export interface ClientRemoval {
  readonly clients: readonly ClientView[];
  /** Names what was removed for `clients.restore`, for a minute; null where it cannot be put back. */
  readonly undo: string | null;
}

const id = z.string().check(z.minLength(1), z.maxLength(64));
const limit = z.optional(z.int().check(z.minimum(0), z.maximum(100_000)));
const models = z.optional(
  z.array(z.string().check(z.minLength(1), z.maxLength(200))).check(z.maxLength(200)),
);
/** null: as for everybody. */
const log = z.optional(z.nullable(z.enum(BODY_POLICIES)));

export const clientProcedures = {
  'clients.list': define(nothing).returns<readonly ClientView[]>(),
  'clients.activity': define(nothing).returns<readonly ClientActivity[]>(),
  /** Makes a client with a new key. */
  'clients.add': define(
    z.strictObject({
      id: identifier,
      optional: z._default(z.boolean(), false),
      rpm: limit,
      maxConcurrency: limit,
      models,
      log,
      budget: z.optional(clientBudgetSchema),
    }),
  ).returns<ClientKey>(),
  'clients.update': define(
    z.strictObject({ id, optional: z.optional(z.boolean()), rpm: limit, maxConcurrency: limit, models, log }),
  ).returns<readonly ClientView[]>(),
  /** A new key in place of the one it has, which is refused from then on. */
  'clients.rotate': define(z.strictObject({ id })).returns<ClientKey>(),
  /** With the budgets that are for it alone. */
  'clients.remove': define(z.strictObject({ id })).returns<ClientRemoval>(),
  'clients.restore': define(z.strictObject({ undo: z.string().check(z.maxLength(64)) })).returns<
    readonly ClientView[]
  >(),
};
