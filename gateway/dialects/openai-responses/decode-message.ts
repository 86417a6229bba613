/** Text, refusals and citations of an answer's messages. */
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';

export interface MessageDecoder {
  delta(kind: 'text' | 'refusal', item: number, content: number, text: string): readonly StreamPart[];
  citation(item: number, content: number, annotation: unknown): readonly StreamPart[];
  /** A whole message: what no event has told of it. */
  whole(item: number, value: JsonObject): readonly StreamPart[];
  /** A whole part of a message. */
  wholePart(item: number, content: number, value: JsonObject): readonly StreamPart[];
  /** The model declined in words. */
  readonly refused: boolean;
}

interface Told {
  /** Characters of the answer before this part. */
  readonly before: number;
  length: number;
  citations: number;
}

export function createMessageDecoder(): MessageDecoder {
  const parts = new Map<string, Told>();
  let length = 0;
  let refused = false;

  function toldOf(item: number, content: number): Told {
    const key = `${item}:${content}`;
    const known = parts.get(key);
    if (known !== undefined) return known;
    const made = { before: length, length: 0, citations: 0 };
    parts.set(key, made);
    return made;
  }

  function delta(
    kind: 'text' | 'refusal',
    item: number,
    content: number,
    text: string,
  ): readonly StreamPart[] {
    if (text === '') return [];
    toldOf(item, content).length += text.length;
    if (kind === 'text') {
      length += text.length;
      return [{ kind: 'text-delta', text }];
    }
    refused = true;
    return [{ kind: 'refusal-delta', text }];
  }

  function citation(item: number, content: number, annotation: unknown): readonly StreamPart[] {
    const told = toldOf(item, content);
    told.citations += 1;
    if (!isObject(annotation) || annotation['type'] !== 'url_citation') return [];
    const { url, title } = annotation;
    if (typeof url !== 'string') return [];
    const place = (value: unknown): number => (typeof value === 'number' ? told.before + value : -1);
    return [
      {
        kind: 'citation',
        url,
        title: typeof title === 'string' ? title : '',
        start: place(annotation['start_index']),
        end: place(annotation['end_index']),
      },
    ];
  }

  function wholePart(item: number, content: number, value: JsonObject): readonly StreamPart[] {
    const kind = value['type'] === 'refusal' ? 'refusal' : 'text';
    const text = value[kind];
    const told = toldOf(item, content);
    const unsaid = typeof text === 'string' ? delta(kind, item, content, text.slice(told.length)) : [];
    const { annotations } = value;
    const uncited = isArray(annotations) ? annotations.slice(told.citations) : [];
    return [...unsaid, ...uncited.flatMap((annotation) => citation(item, content, annotation))];
  }

  return {
    delta,
    citation,
    wholePart,
    whole(item, { content }) {
      if (!isArray(content)) return [];
      return content.flatMap((part, index) => (isObject(part) ? wholePart(item, index, part) : []));
    },
    get refused() {
      return refused;
    },
  };
}
