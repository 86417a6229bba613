/** What an assistant said earlier: thoughts, words, refusals and calls, in this order. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { AssistantPart, ReasoningPart, ToolCallPart } from '../../core/canonical/parts.ts';
import type { Warn } from '../../core/canonical/request.ts';
import { unwrapSignature, type Signature } from '../../core/canonical/signature.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import {
  arrayOf,
  below,
  objectOf,
  readObject,
  readString,
  stringOf,
  type Path,
} from '../../core/json-read.ts';
import { TEXT_SIGNATURE } from './answer-deltas.ts';
import { isToolUse, readToolUse } from './anthropic-blocks.ts';
import { decodeContent, decodePart, type ContentPart } from './decode-content.ts';
import { entriesIn, keyOfEntry, mergeEntries, signatureOfEntry, textOfEntry } from './reasoning-details.ts';
import { signatureOf } from './reasoning-members.ts';

/** @param makeId an id for an old function call, which has none */
export function decodeAssistant(
  message: JsonObject,
  path: Path,
  makeId: () => string,
  warn: Warn,
): readonly AssistantPart[] {
  const parts = [...contentOf(message, path, warn), ...decodeCalls(message, path, makeId)];
  const { reasoning, owned } = decodeReasoning(
    message,
    parts.filter((part) => part.kind === 'tool-call'),
  );
  const lastText = parts.findLastIndex(({ kind }) => kind === 'text');
  return [
    ...reasoning,
    ...parts.map((part, index): AssistantPart => {
      if (part.kind !== 'tool-call' && (part.kind !== 'text' || index !== lastText)) return part;
      const signature = owned.get(part.kind === 'text' ? TEXT_SIGNATURE : part.id);
      return signature === undefined ? part : { ...part, signature };
    }),
  ];
}

function contentOf(message: JsonObject, path: Path, warn: Warn): readonly AssistantPart[] {
  const { content } = message;
  const at = below(path, 'content');
  const parts = isArray(content)
    ? content.flatMap((part, index) => partOf(part, below(at, index), warn))
    : withoutFiles(decodeContent(content, at, warn), warn);
  const refusal = stringOf(message, 'refusal', path);
  return [
    ...parts,
    ...(refusal === null || refusal === '' ? [] : [{ kind: 'refusal' as const, text: refusal }]),
  ];
}

function partOf(part: unknown, path: Path, warn: Warn): readonly AssistantPart[] {
  if (isToolUse(part)) return [readToolUse(part, path)];
  if (isObject(part) && part['type'] === 'refusal') {
    return [{ kind: 'refusal', text: readString(part['refusal'], below(path, 'refusal')) }];
  }
  // Mistral's thoughts stand in the content.
  if (isObject(part) && part['type'] === 'thinking') return thinking(part['thinking']);
  return withoutFiles(decodePart(part, path, warn), warn);
}

function withoutFiles(parts: readonly ContentPart[], warn: Warn): readonly AssistantPart[] {
  return parts.filter((part) => {
    if (part.kind === 'file') warn(remark('answer-files'));
    return part.kind !== 'file';
  });
}

function thinking(value: unknown): readonly ReasoningPart[] {
  const texts = isArray(value) ? value.map((part) => (isObject(part) ? part['text'] : part)) : [value];
  const text = texts.filter((one) => typeof one === 'string').join('');
  return text === '' ? [] : [{ kind: 'reasoning', text, signature: null }];
}

/**
 * The entries of `reasoning_details` where there are any, else the plain text. An entry that bears the id of a
 * call, or the one kept for the text, holds what is bound to that.
 */
function decodeReasoning(
  message: JsonObject,
  calls: readonly ToolCallPart[],
): { readonly reasoning: readonly ReasoningPart[]; readonly owned: ReadonlyMap<string, Signature> } {
  const owned = new Map<string, Signature>();
  const reasoning: ReasoningPart[] = [];
  const merged = new Map<string, JsonObject>();
  for (const entry of entriesIn(message['reasoning_details'])) {
    const key = keyOfEntry(entry);
    merged.set(key, mergeEntries(merged.get(key) ?? {}, entry));
  }
  for (const entry of merged.values()) {
    const wrapped = unwrapIn(entry);
    const { id } = entry;
    const isOwned = typeof id === 'string' && (id === TEXT_SIGNATURE || calls.some((call) => call.id === id));
    if (wrapped !== null && isOwned) owned.set(id, wrapped);
    else
      reasoning.push({
        kind: 'reasoning',
        text: textOfEntry(entry),
        signature: wrapped ?? signatureOfEntry(entry),
      });
  }
  const spoken = reasoning.some(({ text }) => text !== '');
  const text = spoken ? '' : textIn(message['reasoning_content']) || textIn(message['reasoning']);
  const [first, ...rest] = reasoning;
  if (text === '') return { reasoning, owned };
  // The words of entries that show none: of the first one, which is all there is in nearly every answer.
  if (first !== undefined) return { reasoning: [{ ...first, text }, ...rest], owned };
  return { reasoning: [{ kind: 'reasoning', text, signature: null }], owned };
}

function unwrapIn({ data, signature }: JsonObject): Signature | null {
  return unwrapSignature(textIn(data)) ?? unwrapSignature(textIn(signature));
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

function decodeCalls(message: JsonObject, path: Path, makeId: () => string): readonly ToolCallPart[] {
  const listed = arrayOf(message, 'tool_calls', path) ?? [];
  const at = below(path, 'tool_calls');
  const calls = listed.map((call, index) => decodeCall(readObject(call, below(at, index)), below(at, index)));
  const old = objectOf(message, 'function_call', path);
  if (old === null) return calls;
  return [...calls, functionCall(old, below(path, 'function_call'), makeId())];
}

function decodeCall(call: JsonObject, path: Path): ToolCallPart {
  const id = readString(call['id'], below(path, 'id'));
  const custom = objectOf(call, 'custom', path);
  if (custom !== null) {
    const at = below(path, 'custom');
    const name = readString(custom['name'], below(at, 'name'));
    return { kind: 'tool-call', id, name, input: stringOf(custom, 'input', at) ?? '', custom: true };
  }
  const read = functionCall(
    readObject(call['function'], below(path, 'function')),
    below(path, 'function'),
    id,
  );
  const signature = unwrapSignature(signatureOf(call) ?? '');
  return signature === null ? read : { ...read, signature };
}

function functionCall(called: JsonObject, path: Path, id: string): ToolCallPart {
  const name = readString(called['name'], below(path, 'name'));
  const input = called['arguments'];
  const text = isObject(input) ? JSON.stringify(input) : (stringOf(called, 'arguments', path) ?? '');
  // As the model wrote it: whoever can write objects only says what it makes of anything else.
  return { kind: 'tool-call', id, name, input: text.trim() === '' ? '{}' : text, custom: false };
}
