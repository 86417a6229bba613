/** What is known of a model apart from its name: from a provider's list, or from the bundled catalogues. */
import type { ModelCapability, ModelPrice } from '../../contract/rpc/procedures/models.ts';

/** Null: not known. */
export interface ModelFacts {
  /** Name for people. */
  readonly name: string | null;
  /** Tokens. */
  readonly contextTokens: number | null;
  readonly maxOutputTokens: number | null;
  readonly price: ModelPrice | null;
  readonly capabilities: readonly ModelCapability[] | null;
  /** Unix ms. */
  readonly releasedAt: number | null;
}
