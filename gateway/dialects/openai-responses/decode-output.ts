/** The items of an answer's output, from events or whole, in parts. */
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import { createCallDecoder } from './decode-calls.ts';
import { createMessageDecoder } from './decode-message.ts';
import { createReasoningDecoder } from './decode-reasoning.ts';
import type { ResponseEvent } from './event.ts';
import type { Held } from './finish.ts';

export interface OutputDecoder {
  /** One event about an item; nothing for events of other kinds. */
  event(event: ResponseEvent): readonly StreamPart[];
  /** The whole output at the end: what no event has told, and the end of what is open. */
  rest(response: JsonObject): readonly StreamPart[];
  held(): Held;
}

export function createOutputDecoder(): OutputDecoder {
  const reasoning = createReasoningDecoder();
  const messages = createMessageDecoder();
  const calls = createCallDecoder();
  /** Whole items have come as events: the list at the end repeats them, with numbers that not every server keeps. */
  let told = false;

  /** Reasoning ends where something else is said. */
  const said = (parts: readonly StreamPart[]): readonly StreamPart[] =>
    parts.length === 0 ? parts : [...reasoning.interrupt(), ...parts];

  function whole(at: number, item: JsonObject): readonly StreamPart[] {
    if (item['type'] === 'reasoning') return reasoning.done(at, item);
    if (item['type'] === 'message') return said(messages.whole(at, item));
    if (item['type'] === 'image_generation_call') return said(madeImage(item));
    return said(calls.done(at, item));
  }

  function read({ type, data }: ResponseEvent, at: number): readonly StreamPart[] {
    const content = numberIn(data, 'content_index');
    switch (type) {
      case 'response.output_item.added':
        return said(calls.added(at, objectIn(data, 'item')));
      case 'response.output_text.delta':
        return said(messages.delta('text', at, content, textIn(data, 'delta')));
      case 'response.refusal.delta':
        return said(messages.delta('refusal', at, content, textIn(data, 'delta')));
      case 'response.output_text.done':
        return said(messages.wholePart(at, content, { type: 'output_text', text: data['text'] }));
      case 'response.refusal.done':
        return said(messages.wholePart(at, content, { type: 'refusal', refusal: data['refusal'] }));
      case 'response.output_text.annotation.added':
        return said(messages.citation(at, content, data['annotation']));
      case 'response.reasoning_text.delta':
        return reasoning.delta(at, 'content', content, textIn(data, 'delta'));
      case 'response.reasoning_summary_text.delta':
        return reasoning.delta(at, 'summary', numberIn(data, 'summary_index'), textIn(data, 'delta'));
      case 'response.function_call_arguments.delta':
      case 'response.custom_tool_call_input.delta':
        return said(calls.delta(at, textIn(data, 'delta')));
      case 'response.function_call_arguments.done':
        return said(calls.input(at, textIn(data, 'arguments')));
      case 'response.custom_tool_call_input.done':
        return said(calls.input(at, textIn(data, 'input')));
      case 'response.output_item.done':
        told = true;
        return whole(at, objectIn(data, 'item'));
      default:
        return [];
    }
  }

  return {
    event: (event) => read(event, numberIn(event.data, 'output_index')),
    rest(response) {
      const { output } = response;
      const items = isArray(output) && !told ? output : [];
      const untold = items.flatMap((item, at) => (isObject(item) ? whole(at, item) : []));
      return [...untold, ...reasoning.interrupt(), ...calls.close(response['status'] === 'incomplete')];
    },
    held: () => ({ calls: calls.called, refusal: messages.refused }),
  };
}

/** An image the model made, in base64. */
function madeImage(item: JsonObject): readonly StreamPart[] {
  const { result, output_format: format } = item;
  if (typeof result !== 'string' || result === '') return [];
  const mediaType = `image/${typeof format === 'string' ? format : 'png'}`;
  return [{ kind: 'media', media: 'image', source: { kind: 'data', mediaType, base64: result } }];
}

function numberIn(data: JsonObject, name: string): number {
  const value = data[name];
  return typeof value === 'number' ? value : 0;
}

function textIn(data: JsonObject, name: string): string {
  const value = data[name];
  return typeof value === 'string' ? value : '';
}

function objectIn(data: JsonObject, name: string): JsonObject {
  const value = data[name];
  return isObject(value) ? value : {};
}
