/** Token counts while a request runs; the shape of the log row is its final form. */
import type { TokenCounts } from '../../contract/log/row.ts';

/** What the observer of a response has learned of it so far. */
export interface ResponseFacts {
  readonly usage: TokenCounts | null;
  readonly finishReason: string | null;
  /** The upstream's own name of the model that answered. */
  readonly model: string | null;
  /** US dollars, where the provider itself says what it cost. */
  readonly cost?: number;
  /** The answer holds signatures; told only by dialects whose answers seldom do. */
  readonly signed?: true;
}
