/** What is known of a model apart from its name: from a provider's list, or from the bundled catalogues. */
import type { CorrectableFacts, ModelOutput } from '../../contract/rpc/procedures/models.ts';

/** Null: not known. */
export interface ModelFacts extends CorrectableFacts {
  /** What its answers can be. */
  readonly outputs: readonly ModelOutput[] | null;
  /** Unix ms. */
  readonly releasedAt: number | null;
}
