/** Aliases: names of the user's own, each an ordered list of targets. */
import * as z from 'zod/mini';
import { ALIAS_STRATEGIES, type AliasStrategy, type ComplexityLevel } from '../../config/routing.ts';
import { aliasSchema } from '../../config/schema.ts';
import type { Told } from '../connect-sayings.ts';
import { define, nothing } from '../define.ts';

/** How a target would fare right now. */
export type TargetState =
  | 'ready'
  /** Its keys cool down, or one request is finding out whether they are back. */
  | 'cooling'
  /** Its provider is off, has no key, or does not list the model. */
  | 'unusable'
  /** Nobody can tell: the provider's list is not known. It would be tried. */
  | 'unknown';

/** Why a target is not ready. A user interface has a sentence for each. */
export type TargetProblem =
  | 'keys_cooling'
  | 'keys_probing'
  | 'provider_off'
  | 'no_key'
  /** The provider named in front does not list the model. */
  | 'not_listed'
  /** No provider offers this name. */
  | 'not_offered'
  | 'no_provider'
  /** An alias whose own targets all lead nowhere. */
  | 'empty_alias'
  | 'list_unknown';

/** What was said when something began to cool. */
export interface CoolingCause {
  /** Stable code, as in a key's state. */
  readonly reason: string;
  readonly status: number | null;
  /** An upstream's own words, or ours in English. */
  readonly message: string;
  /** Ours as data; absent where the message is a quotation. */
  readonly told?: Told | undefined;
}

export interface AliasTargetView {
  /** As written: a model, or another alias. */
  readonly model: string;
  /** Share, complexity and range as written; absent where nothing is. */
  readonly weight?: number | undefined;
  readonly level?: ComplexityLevel | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly state: TargetState;
  /** Null when it is ready. */
  readonly problem: TargetProblem | null;
  /** What the provider said when its keys began to cool; null when nothing cools. */
  readonly because: CoolingCause | null;
  /** Time until the first of its keys may be tried again, ms; 0 when not cooling. */
  readonly coolingFor: number;
  /** True where the target is another alias. */
  readonly alias: boolean;
  /** The aliases from this one back to itself, where the target leads back; that way is not taken twice. */
  readonly cycle: readonly string[] | null;
  /** Where it leads first, or would; null where nowhere. */
  readonly provider: string | null;
}

export interface AliasView {
  readonly id: string;
  readonly strategy: AliasStrategy;
  readonly targets: readonly AliasTargetView[];
  /** `alias`: edited here. `manual`: a model in the user manual's form, edited in the file. */
  readonly kind: 'alias' | 'manual';
  /** The provider that lists a model of this very name, which is reached through the alias only; else null. */
  readonly shadows: string | null;
  /** True when requests that name no model go here. */
  readonly isDefault: boolean;
  /** Requests that went by it, those of earlier runs among them; 0 for `manual`, where nothing is decided. */
  readonly hits: number;
  /** Unix ms; null before the first. */
  readonly lastHitAt: number | null;
}

const id = z.string().check(z.minLength(1), z.maxLength(200));

export const aliasProcedures = {
  'aliases.list': define(nothing).returns<readonly AliasView[]>(),
  /**
   * Makes an alias, or replaces the one named `was` (its own name when absent). A new name is taken over by
   * the aliases and rules that name it as a target, by its budgets, and by the default model.
   * @throws RpcError `conflict` where it is another by now than was `seen`
   */
  'aliases.put': define(
    z.strictObject({
      was: z.optional(id),
      /** What this was made from, as `aliases.list` told it: null for nothing. Absent: whatever there is goes. */
      seen: z.optional(z.nullable(z.pick(aliasSchema, { strategy: true, targets: true }))),
      /** Without a strategy it keeps the one it has, and a target given by its name alone its weight and range. */
      alias: z.strictObject({
        id,
        strategy: z.optional(z.enum(ALIAS_STRATEGIES)),
        targets: aliasSchema.shape.targets.check(z.maxLength(50)),
      }),
    }),
  ).returns<AliasView>(),
  /** `undo` names it for `aliases.restore`, for a minute; null where it cannot be put back. */
  'aliases.remove': define(z.strictObject({ id })).returns<{ readonly undo: string | null }>(),
  'aliases.restore': define(z.strictObject({ undo: z.string().check(z.maxLength(64)) })).returns<
    readonly AliasView[]
  >(),
};
