/** A message in an answer, written with its events. */
import type { JsonObject } from '../../core/json.ts';

/** Writes one event. */
export type Emit = (type: string, members: JsonObject) => void;

/** An item of the output that can still grow. */
export interface OpenItem {
  /** @param whole false where the answer was cut off within it */
  close(whole: boolean): void;
  /** As it stands now. */
  value(): JsonObject;
}

export interface Citation {
  readonly url: string;
  readonly title: string;
  /** UTF-16 offsets in the whole answer's text; -1 where unknown. */
  readonly start: number;
  readonly end: number;
}

export interface MessageItem extends OpenItem {
  add(kind: 'output_text' | 'refusal', text: string): void;
  cite(citation: Citation): void;
}

interface OpenPart {
  readonly kind: 'output_text' | 'refusal';
  text: string;
  readonly annotations: JsonObject[];
}

/** @param textBefore characters of the answer's text before this message */
export function openMessage(emit: Emit, index: number, id: string, textBefore: number): MessageItem {
  const content: JsonObject[] = [];
  let open: OpenPart | undefined;
  let status = 'in_progress';
  let before = textBefore;
  const place = (): JsonObject => ({ item_id: id, output_index: index, content_index: content.length });
  const value = (): JsonObject => ({
    id,
    type: 'message',
    role: 'assistant',
    status,
    content: open === undefined ? content : [...content, partOf(open)],
  });
  emit('response.output_item.added', { output_index: index, item: { ...value(), content: [] } });

  function begin(kind: OpenPart['kind']): OpenPart {
    if (open?.kind === kind) return open;
    endPart();
    const begun = { kind, text: '', annotations: [] };
    open = begun;
    emit('response.content_part.added', { ...place(), part: partOf(begun) });
    return begun;
  }

  function endPart(): void {
    if (open === undefined) return;
    const part = partOf(open);
    const { kind, text } = open;
    emit(
      `response.${kind}.done`,
      kind === 'refusal' ? { ...place(), refusal: text } : { ...place(), text, logprobs: [] },
    );
    emit('response.content_part.done', { ...place(), part });
    if (kind === 'output_text') before += text.length;
    content.push(part);
    open = undefined;
  }

  return {
    value,
    add(kind, text) {
      const part = begin(kind);
      part.text += text;
      const logprobs = kind === 'output_text' ? { logprobs: [] } : {};
      emit(`response.${kind}.delta`, { ...place(), delta: text, ...logprobs });
    },
    cite({ url, title, start, end }) {
      const part = begin('output_text');
      // Offsets count within this part; where none is known the whole part is meant.
      const annotation = {
        type: 'url_citation',
        url,
        title,
        start_index: Math.max(0, start - before),
        end_index: end < 0 ? part.text.length : Math.max(0, end - before),
      };
      emit('response.output_text.annotation.added', {
        ...place(),
        annotation_index: part.annotations.length,
        annotation,
      });
      part.annotations.push(annotation);
    },
    close(whole) {
      endPart();
      status = whole ? 'completed' : 'incomplete';
      emit('response.output_item.done', { output_index: index, item: value() });
    },
  };
}

function partOf({ kind, text, annotations }: OpenPart): JsonObject {
  return kind === 'refusal'
    ? { type: 'refusal', refusal: text }
    : { type: 'output_text', text, annotations: [...annotations], logprobs: [] };
}
