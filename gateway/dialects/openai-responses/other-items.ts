/** Reasoning, calls and images in an answer, written with their events. */
import type { JsonObject } from '../../core/json.ts';
import type { Emit, OpenItem } from './message-item.ts';

export interface ReasoningItem extends OpenItem {
  add(text: string): void;
  /** @param encrypted what the client is to bring back; null where there is nothing */
  finish(encrypted: string | null): void;
}

/** Thoughts are shown as a summary, since that is what clients show and send back. */
export function openReasoning(emit: Emit, index: number, id: string): ReasoningItem {
  let text = '';
  let encrypted: string | null = null;
  const place = { item_id: id, output_index: index, summary_index: 0 };
  const value = (): JsonObject => ({
    id,
    type: 'reasoning',
    summary: text === '' ? [] : [{ type: 'summary_text', text }],
    ...(encrypted === null ? {} : { encrypted_content: encrypted }),
  });
  emit('response.output_item.added', { output_index: index, item: value() });

  function close(): void {
    if (text !== '') {
      emit('response.reasoning_summary_text.done', { ...place, text });
      emit('response.reasoning_summary_part.done', { ...place, part: { type: 'summary_text', text } });
    }
    emit('response.output_item.done', { output_index: index, item: value() });
  }

  return {
    value,
    close,
    add(more) {
      if (more === '') return;
      if (text === '') {
        emit('response.reasoning_summary_part.added', { ...place, part: { type: 'summary_text', text: '' } });
      }
      text += more;
      emit('response.reasoning_summary_text.delta', { ...place, delta: more });
    },
    finish(signature) {
      encrypted = signature;
      close();
    },
  };
}

export interface CallItem extends OpenItem {
  add(text: string): void;
}

/** @param call its name is the client's own; one of a group stands beside the group's */
export function openCall(
  emit: Emit,
  index: number,
  call: {
    readonly itemId: string;
    readonly id: string;
    readonly name: string;
    readonly namespace: string | null;
    readonly custom: boolean;
  },
): CallItem {
  let input = '';
  let status = 'in_progress';
  const { itemId, id, name, namespace, custom } = call;
  const place = { item_id: itemId, output_index: index };
  const value = (): JsonObject => ({
    id: itemId,
    type: custom ? 'custom_tool_call' : 'function_call',
    status,
    call_id: id,
    name,
    ...(namespace === null ? {} : { namespace }),
    ...(custom ? { input } : { arguments: input }),
  });
  const events = custom ? 'response.custom_tool_call_input' : 'response.function_call_arguments';
  emit('response.output_item.added', { output_index: index, item: value() });

  function add(text: string): void {
    if (text === '') return;
    input += text;
    emit(`${events}.delta`, { ...place, delta: text });
  }

  return {
    value,
    add,
    close(whole) {
      // The AI SDK and Codex make every free text that is done a call, whatever its status.
      if (!whole && custom) {
        status = 'incomplete';
        return;
      }
      // Clients parse the arguments; a call without any has the empty object.
      if (whole && !custom && input === '') add('{}');
      emit(`${events}.done`, custom ? { ...place, input } : { ...place, name, arguments: input });
      status = whole ? 'completed' : 'incomplete';
      emit('response.output_item.done', { output_index: index, item: value() });
    },
  };
}

/** An image the model made, whole. */
export function writeImage(emit: Emit, index: number, id: string, base64: string): OpenItem {
  const value = (): JsonObject => ({
    id,
    type: 'image_generation_call',
    status: 'completed',
    result: base64,
  });
  const begun = { id, type: 'image_generation_call', status: 'in_progress', result: null };
  emit('response.output_item.added', { output_index: index, item: begun });
  emit('response.output_item.done', { output_index: index, item: value() });
  return { value, close: () => undefined };
}
