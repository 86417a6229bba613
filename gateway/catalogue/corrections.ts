/** Facts that the user wrote down, above all others; prices are corrected apart from them. Pure. */
import type { CorrectionConfig } from '../../contract/config/corrections.ts';
import type { ModelFacts } from '../core/model-facts.ts';

export type Corrections = ReadonlyMap<string, Partial<ModelFacts>>;

/** By `provider/model` in lower case; of each fact the first entry that has it counts. */
export function readCorrections(entries: readonly CorrectionConfig[]): Corrections {
  const read = new Map<string, Partial<ModelFacts>>();
  for (const entry of entries) {
    const key = entry.model.toLowerCase();
    read.set(key, { ...factsOf(entry), ...read.get(key) });
  }
  return read;
}

export const correctionOf = (
  corrections: Corrections,
  provider: string,
  model: string,
): Partial<ModelFacts> | undefined => corrections.get(`${provider}/${model}`.toLowerCase());

function factsOf({ name, context, max_output: output, capabilities }: CorrectionConfig): Partial<ModelFacts> {
  return {
    ...(name === undefined ? {} : { name }),
    ...(context === undefined ? {} : { contextTokens: context }),
    ...(output === undefined ? {} : { maxOutputTokens: output }),
    ...(capabilities === undefined ? {} : { capabilities }),
  };
}
