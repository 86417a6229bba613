/** Sources an answer names, as Google's search tells them. */
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import type { JsonObject } from '../../core/json.ts';

type Citation = Extract<StreamPart, { kind: 'citation' }>;

export interface GroundingWriter {
  /** Text of the answer, for the places of citations. */
  text(text: string): void;
  add(citation: Citation): void;
  /** `groundingMetadata` where there was any citation. */
  members(): JsonObject;
}

export function createGroundingWriter(): GroundingWriter {
  let said = '';
  const citations: Citation[] = [];
  /** Gemini counts bytes of UTF-8. */
  const bytesBefore = (characters: number): number => Buffer.byteLength(said.slice(0, characters));

  return {
    text(text) {
      said += text;
    },
    add(citation) {
      citations.push(citation);
    },
    members() {
      if (citations.length === 0) return {};
      const urls = [...new Set(citations.map(({ url }) => url))];
      const titleOf = (url: string): string =>
        citations.find((citation) => citation.url === url && citation.title !== '')?.title ?? '';
      return {
        groundingMetadata: {
          groundingChunks: urls.map((uri) => ({ web: { uri, title: titleOf(uri) } })),
          groundingSupports: citations
            .filter(({ start, end }) => start >= 0 && end >= start)
            .map(({ url, start, end }) => ({
              segment: {
                startIndex: bytesBefore(start),
                endIndex: bytesBefore(end),
                text: said.slice(start, end),
              },
              groundingChunkIndices: [urls.indexOf(url)],
            })),
        },
      };
    },
  };
}
