/** Tokens without a tokenizer: four bytes each, as a rule of thumb has it for English; Chinese is near it too. */
export function roughEstimate(texts: readonly string[]): number {
  return Math.ceil(texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 4);
}
