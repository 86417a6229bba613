/** What is known of a model apart from its name: from a provider's list, or from the bundled catalogues. */
import type { CorrectableFacts, ModelCapability, ModelOutput } from '../../contract/rpc/procedures/models.ts';

/** Null: not known. */
export interface ModelFacts extends CorrectableFacts {
  /** What its answers can be. */
  readonly outputs: readonly ModelOutput[] | null;
  /** Of which of them nothing is said: they are neither there nor missing. */
  readonly unknownCapabilities?: readonly ModelCapability[] | null | undefined;
  /** Unix ms. */
  readonly releasedAt: number | null;
}
