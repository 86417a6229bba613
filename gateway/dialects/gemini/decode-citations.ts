/** The sources an answer names: `groundingMetadata` of Google's search, `citationMetadata` of texts it quotes. */
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import { objectIn, textIn } from './fields.ts';

type Citation = Extract<StreamPart, { kind: 'citation' }>;

/** Both are repeated and grow from event to event; each source is told once per place. */
export function createCitationReader(): (candidate: JsonObject, text: string) => readonly Citation[] {
  const told = new Set<string>();
  return (candidate, text) => {
    const found = [
      ...readGrounding(objectIn(candidate, 'groundingMetadata'), text),
      ...readQuotes(candidate, text),
    ];
    return found.filter((citation) => {
      const key = JSON.stringify(citation);
      if (told.has(key)) return false;
      told.add(key);
      return true;
    });
  };
}

const objects = (value: unknown): readonly JsonObject[] => (isArray(value) ? value.filter(isObject) : []);

function readGrounding(grounding: JsonObject, text: string): readonly Citation[] {
  const { groundingChunks, groundingSupports } = grounding;
  const sources = objects(groundingChunks).map((chunk) =>
    ['web', 'maps', 'retrievedContext'].map((kind) => objectIn(chunk, kind)).find((one) => 'uri' in one),
  );
  const used = new Set<unknown>();
  const supported = objects(groundingSupports).flatMap((support) => {
    const indices: readonly unknown[] = isArray(support['groundingChunkIndices'])
      ? support['groundingChunkIndices']
      : [];
    return indices.flatMap((index) => {
      used.add(index);
      const source = typeof index === 'number' ? sources[index] : undefined;
      return source === undefined ? [] : [cite(source, objectIn(support, 'segment'), text)];
    });
  });
  const bare = sources.flatMap((source, index) =>
    source === undefined || used.has(index) ? [] : [cite(source, null, text)],
  );
  return [...supported, ...bare];
}

function readQuotes(candidate: JsonObject, text: string): readonly Citation[] {
  const { citations, citationSources } = objectIn(candidate, 'citationMetadata');
  return objects(citations ?? citationSources)
    .filter((citation) => textIn(citation, 'uri') !== '')
    .map((citation) => cite(citation, citation, text));
}

/** @param place null where the source belongs to the answer as a whole */
function cite(source: JsonObject, place: JsonObject | null, text: string): Citation {
  const { startIndex = 0, endIndex } = place ?? {};
  const known = typeof startIndex === 'number' && typeof endIndex === 'number';
  return {
    kind: 'citation',
    url: textIn(source, 'uri'),
    title: textIn(source, 'title'),
    start: known ? charactersIn(text, startIndex) : -1,
    end: known ? charactersIn(text, endIndex) : -1,
  };
}

/** Gemini counts bytes of UTF-8. */
const charactersIn = (text: string, bytes: number): number =>
  Buffer.from(text).subarray(0, Math.max(0, bytes)).toString('utf8').length;
