/** One set of facts from several sources. Pure. */
import type { ModelFacts } from '../core/model-facts.ts';

/**
 * Of each fact the first source that knows it wins; a price is taken whole, never mixed.
 * @param sources the most trusted first
 */
export function mergeFacts(sources: readonly (Partial<ModelFacts> | undefined)[]): ModelFacts {
  const first = <Name extends keyof ModelFacts>(name: Name): ModelFacts[Name] | null => {
    for (const source of sources) {
      const value = source?.[name] ?? null;
      if (value !== null) return value;
    }
    return null;
  };
  return {
    name: first('name'),
    contextTokens: first('contextTokens'),
    maxOutputTokens: first('maxOutputTokens'),
    price: first('price'),
    capabilities: first('capabilities'),
    ...unknownOf(sources),
    outputs: first('outputs'),
    releasedAt: first('releasedAt'),
  };
}

/** Belongs to the capabilities beside it: whoever tells those tells of which nothing is said. */
function unknownOf(sources: readonly (Partial<ModelFacts> | undefined)[]): Partial<ModelFacts> {
  const unknown = sources.find((source) => Array.isArray(source?.capabilities))?.unknownCapabilities ?? [];
  return unknown.length === 0 ? {} : { unknownCapabilities: unknown };
}
