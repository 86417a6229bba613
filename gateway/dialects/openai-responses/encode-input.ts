/** Turns as the flat list of items. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { AssistantPart, ToolResultPart, Turn, UserPart } from '../../core/canonical/parts.ts';
import type { Warn } from '../../core/canonical/request.ts';
import type { JsonObject } from '../../core/json.ts';
import { writeMedia } from './encode-media.ts';
import { pairResults } from './pair-results.ts';
import { withoutMember } from './without-member.ts';

export function writeInput(turns: readonly Turn[], warn: Warn): readonly JsonObject[] {
  const items = turns.flatMap((turn) => {
    if (turn.role === 'user') return writeUser(turn.parts, warn);
    if (turn.role === 'assistant') return writeAssistant(turn.parts, warn);
    const content = turn.parts.map(({ text }) => ({ type: 'input_text', text }));
    return content.length === 0 ? [] : [{ type: 'message', role: 'developer', content }];
  });
  return pairResults(items, warn);
}

function writeUser(parts: readonly UserPart[], warn: Warn): readonly JsonObject[] {
  const results = parts.flatMap((part) => (part.kind === 'tool-result' ? [writeResult(part, warn)] : []));
  const content = parts.flatMap((part) => {
    if (part.kind === 'tool-result') return [];
    return part.kind === 'text' ? [{ type: 'input_text', text: part.text }] : writeMedia(part, warn);
  });
  return content.length === 0 ? results : [...results, { type: 'message', role: 'user', content }];
}

/** There is no mark for a result of a tool that failed, so its text says so. */
function writeResult({ id, content, failed, custom }: ToolResultPart, warn: Warn): JsonObject {
  const told = failed ? [{ kind: 'text' as const, text: 'The tool failed:' }, ...content] : content;
  const texts = told.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
  const output =
    told.length === texts.length && (failed || texts.length < 2)
      ? texts.join(' ')
      : told.flatMap((part) =>
          part.kind === 'text' ? [{ type: 'input_text', text: part.text }] : writeMedia(part, warn),
        );
  return { type: custom ? 'custom_tool_call_output' : 'function_call_output', call_id: id, output };
}

function writeAssistant(parts: readonly AssistantPart[], warn: Warn): readonly JsonObject[] {
  const items: JsonObject[] = [];
  let said: JsonObject[] = [];
  /** Reasoning waits for the item it belongs to. */
  let thought: JsonObject[] = [];

  /**
   * Without ids: before a message that has no id of its own they were refused ("provided without its required
   * following item"), and without them reasoning was taken even where nothing followed it (both recorded).
   */
  function endThought(): void {
    items.push(...thought.map((item) => withoutMember(item, 'id')));
    thought = [];
  }

  function endMessage(): void {
    if (said.length === 0) return;
    endThought();
    items.push({ type: 'message', role: 'assistant', content: said });
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
        const { text, signature } = part;
        if (signature?.format !== 'openai') {
          warn(remark('reasoning-without-proof'));
          break;
        }
        endMessage();
        endThought();
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
        warn(remark(part.kind === 'image' ? 'made-image' : 'made-audio'));
    }
  }
  endMessage();
  endThought();
  return items;
}

/** Only the id that results refer to: the item's own is not asked for, and would have to begin with `fc_`. */
function writeCall(custom: boolean, id: string, name: string, input: string): JsonObject {
  return custom
    ? { type: 'custom_tool_call', call_id: id, name, input }
    : { type: 'function_call', call_id: id, name, arguments: input === '' ? '{}' : input };
}
