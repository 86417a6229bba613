/** Writes the parts of a turn as blocks. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import { argumentsObject } from '../../core/canonical/call-arguments.ts';
import type { AssistantPart, ToolCallPart, ToolResultPart, UserPart } from '../../core/canonical/parts.ts';
import type { Warn } from '../../core/canonical/request.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Marker } from './cache-marks.ts';
import { encodeFile, encodeImage } from './encode-media.ts';

export type Block = JsonObject & { readonly type: string };

export interface Writing {
  readonly mark: Marker;
  readonly warn: Warn;
  /** Thoughts need their proof. */
  readonly signs: boolean;
}

/** Results first; what a failed one holds besides text stands behind them, for there it is refused. */
export function encodeUserParts(parts: readonly UserPart[], writing: Writing): readonly Block[] {
  const results: Block[] = [];
  const behind: Block[] = [];
  const others: Block[] = [];
  for (const part of parts) {
    if (part.kind === 'tool-result') results.push(encodeResult(part, behind, writing));
    else others.push(...encodeContent(part, writing));
  }
  return [...results, ...behind, ...others];
}

function encodeResult(
  { id, content, failed, cache }: ToolResultPart,
  behind: Block[],
  writing: Writing,
): Block {
  const blocks = content.flatMap((part) => encodeContent(part, writing));
  const inside = failed ? blocks.filter(({ type }) => type === 'text') : blocks;
  if (failed) behind.push(...blocks.filter(({ type }) => type !== 'text'));
  return {
    type: 'tool_result',
    tool_use_id: id,
    ...(inside.length === 0 ? {} : { content: inside }),
    ...(failed ? { is_error: true } : {}),
    ...writing.mark(cache),
  };
}

function encodeContent(
  part: Exclude<UserPart, { kind: 'tool-result' }>,
  { mark, warn }: Writing,
): readonly Block[] {
  switch (part.kind) {
    case 'text':
      return text(part.text, mark(part.cache));
    case 'image':
      return encodeImage(part, warn).map((block) => ({ ...block, ...mark(part.cache) }));
    case 'file':
      return encodeFile(part, warn).map((block) => ({ ...block, ...mark(part.cache) }));
    case 'audio':
      warn(remark('anthropic-sound'));
      return [];
  }
}

/** Empty texts, and those of blanks alone, are refused. */
export function text(value: string, marked: JsonObject = {}): readonly Block[] {
  return value.trim() === '' ? [] : [{ type: 'text', text: value, ...marked }];
}

/** Thoughts must not stand last. */
export function encodeAssistantParts(parts: readonly AssistantPart[], writing: Writing): readonly Block[] {
  const blocks = parts.flatMap((part) => encodeAssistantPart(part, writing));
  const last = blocks.findLastIndex((block) => !isThought(block));
  return blocks.slice(0, last + 1);
}

export const isThought = ({ type }: Block): boolean => type === 'thinking' || type === 'redacted_thinking';

function encodeAssistantPart(part: AssistantPart, { mark, warn, signs }: Writing): readonly Block[] {
  switch (part.kind) {
    case 'text':
      return text(part.text, mark(part.cache));
    case 'refusal':
      return text(part.text);
    case 'reasoning':
      if (part.signature?.format === 'anthropic') {
        return [{ type: 'thinking', thinking: part.text, signature: part.signature.value }];
      }
      if (part.signature?.format === 'anthropic-redacted') {
        return [{ type: 'redacted_thinking', data: part.signature.value }];
      }
      if (!signs) {
        return part.text === '' ? [] : [{ type: 'thinking', thinking: part.text, signature: '' }];
      }
      warn(remark('unsigned-reasoning'));
      return [];
    case 'tool-call':
      return [
        {
          type: 'tool_use',
          id: part.id,
          name: part.name,
          input: readInput(part, warn),
          ...mark(part.cache),
        },
      ];
    case 'image':
    case 'audio':
      warn(remark('assistant-media'));
      return [];
  }
}

/** The API takes objects only; the text of anything else is kept as a member. */
function readInput({ input, name }: ToolCallPart, warn: Warn): JsonObject {
  const value = argumentsObject(input);
  if (value !== undefined) return value;
  warn(remark('arguments-wrapped', { tool: name }));
  return { input };
}
