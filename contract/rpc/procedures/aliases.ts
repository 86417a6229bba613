/** Aliases: names of the user's own, each an ordered list of targets. */
import * as z from 'zod/mini';
import { aliasSchema } from '../../config/schema.ts';
import { define, nothing } from '../define.ts';

/** How a target would fare right now. */
export type TargetState =
  | 'ready'
  /** Its keys cool down. */
  | 'cooling'
  /** Its provider is off, has no key, or does not list the model. */
  | 'unusable'
  /** Nobody can tell: the provider's list is not known. */
  | 'unknown';

export interface AliasTargetView {
  /** As written: a model, or another alias. */
  readonly model: string;
  readonly state: TargetState;
  /** Why it is not ready, in a sentence; null when it is. */
  readonly reason: string | null;
  /** Time left to cool, ms; 0 when not cooling. */
  readonly coolingFor: number;
  /** True where the target is an alias. */
  readonly alias: boolean;
  readonly provider: string | null;
}

export interface AliasView {
  readonly id: string;
  readonly strategy: 'priority';
  readonly targets: readonly AliasTargetView[];
  /** `alias`: edited here. `manual`: a model in the user manual's form, edited in the file. */
  readonly kind: 'alias' | 'manual';
}

const id = z.string().check(z.minLength(1), z.maxLength(200));

export const aliasProcedures = {
  'aliases.list': define(nothing).returns<readonly AliasView[]>(),
  /** Makes an alias, or replaces the one named `was` (its own name when absent). */
  'aliases.put': define(
    z.strictObject({
      was: z.optional(id),
      alias: z.strictObject({ id, targets: aliasSchema.shape.targets.check(z.maxLength(50)) }),
    }),
  ).returns<AliasView>(),
  'aliases.remove': define(z.strictObject({ id })).returns<null>(),
};
