/** Turns as the flat list of items. */
import type { AssistantPart, ToolResultPart, Turn, UserPart } from '../../core/canonical/parts.ts';
import type { Warn } from '../../core/canonical/request.ts';
import type { JsonObject } from '../../core/json.ts';
import { writeMedia } from './encode-media.ts';
import { withoutMember } from './without-member.ts';

export function writeInput(turns: readonly Turn[], warn: Warn): readonly JsonObject[] {
  return turns.flatMap((turn) => {
    if (turn.role === 'user') return writeUser(turn.parts, warn);
    if (turn.role === 'assistant') return writeAssistant(turn.parts, warn);
    const content = turn.parts.map(({ text }) => ({ type: 'input_text', text }));
    return content.length === 0 ? [] : [{ type: 'message', role: 'developer', content }];
  });
}

function writeUser(parts: readonly UserPart[], warn: Warn): readonly JsonObject[] {
  const results = parts.flatMap((part) => (part.kind === 'tool-result' ? [writeResult(part, warn)] : []));
  const content = parts.flatMap((part) => {
    if (part.kind === 'tool-result') return [];
    return part.kind === 'text' ? [{ type: 'input_text', text: part.text }] : writeMedia(part, warn);
  });
  return content.length === 0 ? results : [...results, { type: 'message', role: 'user', content }];
}

function writeResult({ id, content, failed, custom }: ToolResultPart, warn: Warn): JsonObject {
  if (failed) {
    warn("OpenAI's Responses API cannot mark results of tools as failed; they were sent as plain results.");
  }
  const texts = content.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
  const output =
    content.length === texts.length && texts.length < 2
      ? (texts[0] ?? '')
      : content.flatMap((part) =>
          part.kind === 'text' ? [{ type: 'input_text', text: part.text }] : writeMedia(part, warn),
        );
  return { type: custom ? 'custom_tool_call_output' : 'function_call_output', call_id: id, output };
}

function writeAssistant(parts: readonly AssistantPart[], warn: Warn): readonly JsonObject[] {
  const items: JsonObject[] = [];
  let said: JsonObject[] = [];
  /** Reasoning waits for the item it belongs to. */
  let thought: JsonObject[] = [];

  function endMessage(): void {
    if (said.length === 0) return;
    // Ids of reasoning are left out here, as Codex does: before a message that has no id of its own they were
    // refused ("provided without its required following item", recorded).
    items.push(...thought.map((item) => withoutMember(item, 'id')));
    items.push({ type: 'message', role: 'assistant', content: said });
    thought = [];
    said = [];
  }

  for (const part of parts) {
    switch (part.kind) {
      case 'text':
        if (part.text !== '') said.push({ type: 'output_text', text: part.text });
        break;
      case 'refusal':
        said.push({ type: 'refusal', refusal: part.text });
        break;
      case 'reasoning': {
        endMessage();
        const { text, signature } = part;
        if (signature?.format !== 'openai') {
          warn('Reasoning without a proof that OpenAI can read was left out.');
          break;
        }
        thought.push({
          type: 'reasoning',
          ...(signature.id === null ? {} : { id: signature.id }),
          summary: text === '' ? [] : [{ type: 'summary_text', text }],
          encrypted_content: signature.value,
        });
        break;
      }
      case 'tool-call':
        endMessage();
        items.push(...thought, writeCall(part.custom, part.id, part.name, part.input));
        thought = [];
        break;
      default:
        warn(`What the model made as ${part.kind} cannot be sent back to OpenAI and was left out.`);
    }
  }
  endMessage();
  if (thought.length > 0)
    warn('Reasoning that nothing followed was left out, since OpenAI refuses it alone.');
  return items;
}

/** Only the id that results refer to: the item's own is not asked for, and would have to begin with `fc_`. */
function writeCall(custom: boolean, id: string, name: string, input: string): JsonObject {
  return custom
    ? { type: 'custom_tool_call', call_id: id, name, input }
    : { type: 'function_call', call_id: id, name, arguments: input === '' ? '{}' : input };
}
