/** The items of an answer's output, from parts. */
import type { Signature } from '../../core/canonical/signature.ts';
import { wrapSignature } from '../../core/canonical/signature.ts';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import type { AnswerContext } from '../../core/client-shape.ts';
import type { JsonObject } from '../../core/json.ts';
import { openMessage, type Emit, type MessageItem, type OpenItem } from './message-item.ts';
import { openCall, openReasoning, writeImage, type CallItem, type ReasoningItem } from './other-items.ts';
import { WRITTEN_HERE, wrapOfCall, wrapOfText } from './reasoning-items.ts';

export interface OutputWriter {
  /** Anything that is content; other parts are not for it. Further answers beside the first have no place here. */
  take(part: StreamPart): void;
  /** @param whole false where the answer was cut off */
  close(whole: boolean): void;
  items(): readonly JsonObject[];
}

/** The tool whose calls hold images in this dialect. */
const DRAWING = 'image_generation';
const IMAGE_LEFT_OUT = `[An image that the model made is only carried where the request has the tool ${DRAWING}.]`;

export function createOutput(emit: Emit, { newId, request }: AnswerContext): OutputWriter {
  const items: OpenItem[] = [];
  const calls = new Map<number, CallItem>();
  const drawsHere = request.tools.some(({ kind, name }) => kind === 'hosted' && name === DRAWING);
  let message: MessageItem | undefined;
  let reasoning: ReasoningItem | undefined;
  /** Characters of the answer's text so far, for citations. */
  let textLength = 0;

  const place = <Item extends OpenItem>(item: Item): Item => {
    items.push(item);
    return item;
  };

  function endMessage(whole = true): void {
    message?.close(whole);
    message = undefined;
  }

  function endReasoning(signature: Signature | null): void {
    reasoning?.finish(signature === null ? null : wrapSignature(signature));
    reasoning = undefined;
  }

  function messageOf(): MessageItem {
    endReasoning(null);
    message ??= place(openMessage(emit, items.length, newId('msg_'), textLength));
    return message;
  }

  function reasoningOf(): ReasoningItem {
    endMessage();
    reasoning ??= place(openReasoning(emit, items.length, newId(WRITTEN_HERE)));
    return reasoning;
  }

  /** What Gemini binds to a text or a call, as an item that clients bring back. */
  function carry(encrypted: string): void {
    endReasoning(null);
    reasoningOf().finish(encrypted);
    reasoning = undefined;
  }

  function startCall(part: Extract<StreamPart, { kind: 'tool-call-start' }>): void {
    const { index, id, custom, signature } = part;
    if (signature !== undefined) carry(wrapOfCall(signature, id));
    endReasoning(null);
    endMessage();
    const itemId = newId(custom ? 'ctc_' : 'fc_');
    const known = request.tools.find((tool) => tool.name === part.name);
    const group = known === undefined || known.kind === 'hosted' ? undefined : known.namespace;
    const name = group?.tool ?? part.name;
    const namespace = group?.name ?? null;
    calls.set(index, place(openCall(emit, items.length, { itemId, id, name, namespace, custom })));
  }

  function endCall(index: number, whole: boolean): void {
    calls.get(index)?.close(whole);
    calls.delete(index);
  }

  /** An item of a tool that the client did not declare is, to the AI SDK, a call that cannot be. */
  function addImage(base64: string): void {
    endReasoning(null);
    endMessage();
    if (drawsHere) {
      place(writeImage(emit, items.length, newId('ig_'), base64));
      return;
    }
    // A message of its own: places of citations are counted in the model's text.
    messageOf().add('output_text', IMAGE_LEFT_OUT);
    endMessage();
  }

  return {
    take(part) {
      if ('candidate' in part && (part.candidate ?? 0) > 0) return;
      switch (part.kind) {
        case 'text-delta':
          if (part.text === '') return;
          messageOf().add('output_text', part.text);
          textLength += part.text.length;
          return;
        case 'refusal-delta':
          return messageOf().add('refusal', part.text);
        case 'citation':
          return message?.cite(part);
        case 'text-signature':
          return carry(wrapOfText(part.signature));
        case 'reasoning-start':
          endReasoning(null);
          reasoningOf();
          return;
        case 'reasoning-delta':
          return reasoningOf().add(part.text);
        case 'reasoning-end':
          return endReasoning(part.signature);
        case 'tool-call-start':
          return startCall(part);
        case 'tool-call-delta':
          return calls.get(part.index)?.add(part.text);
        case 'tool-call-end':
          return endCall(part.index, true);
        case 'media':
          // Sounds have no place in an answer of this dialect; images only as their bytes.
          if (part.media === 'image' && part.source.kind === 'data') addImage(part.source.base64);
      }
    },
    close(whole) {
      endReasoning(null);
      endMessage(whole);
      for (const index of calls.keys()) endCall(index, whole);
    },
    items: () => items.map((item) => item.value()),
  };
}
