/** Items that answer calls of tools. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { ToolResultPart } from '../../core/canonical/parts.ts';
import type { Warn } from '../../core/canonical/request.ts';
import { below, readString, stringOf, type Path } from '../../core/json-read.ts';
import { isArray, type JsonObject } from '../../core/json.ts';
import { isText, readContent, type ContentPart } from './decode-content.ts';

/** The name is that of the call, which stands elsewhere. */
export type UnnamedResult = Omit<ToolResultPart, 'name'>;

/** @returns undefined for items of other kinds */
export function readResult(item: JsonObject, path: Path, warn: Warn): UnnamedResult | undefined {
  const result = (id: unknown, member: string, more: Partial<UnnamedResult>): UnnamedResult => ({
    kind: 'tool-result',
    id: readString(id, below(path, member)),
    content: [],
    failed: false,
    custom: false,
    ...more,
  });
  const text = (value: string): Partial<UnnamedResult> => ({ content: [{ kind: 'text', text: value }] });
  switch (item['type']) {
    case 'function_call_output':
    case 'custom_tool_call_output': {
      const content = readOutput(item['output'], below(path, 'output'), warn);
      return result(item['call_id'], 'call_id', {
        content,
        custom: item['type'] === 'custom_tool_call_output',
      });
    }
    // Its `id` is that of the call; newer clients write `call_id` as elsewhere.
    case 'local_shell_call_output':
      return result(item['call_id'] ?? item['id'], 'id', text(stringOf(item, 'output', path) ?? ''));
    // What each command wrote and how it ended.
    case 'shell_call_output':
      return result(item['call_id'], 'call_id', text(JSON.stringify(item['output'] ?? [])));
    case 'apply_patch_call_output': {
      const said = stringOf(item, 'output', path) ?? stringOf(item, 'status', path) ?? '';
      return result(item['call_id'], 'call_id', { ...text(said), failed: item['status'] === 'failed' });
    }
    default:
      return undefined;
  }
}

/** A text, or parts. Anything else a client put there is handed on as the JSON it is. */
function readOutput(output: unknown, path: Path, warn: Warn): ToolResultPart['content'] {
  if (output !== null && typeof output === 'object' && !isArray(output)) {
    return [{ kind: 'text', text: JSON.stringify(output) }];
  }
  return readContent(output, path, warn).flatMap((part) => asResult(part, warn));
}

function asResult(part: ContentPart, warn: Warn): ToolResultPart['content'] {
  if (isText(part) || part.kind === 'image' || part.kind === 'file') return [part];
  if (part.kind === 'refusal') return [{ kind: 'text', text: part.text }];
  warn(remark('audio-in-results'));
  return [];
}
