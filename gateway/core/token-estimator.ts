/** Counting tokens by ourselves, where no provider does it. */
export interface TokenEstimator {
  /**
   * Tokens of all texts together, about: other models cut words at other places, so it may be off by a fifth.
   * Never rejects; under load, or where the tokenizer fails, it is rougher still.
   */
  estimateTokens(texts: readonly string[]): Promise<number>;
  /** What is under way is answered roughly. */
  close(): Promise<void>;
}
