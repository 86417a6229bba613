/** Reads the tools a client offers. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { Tool, Warn } from '../../core/canonical/request.ts';
import type { JsonObject } from '../../core/json.ts';
import {
  arrayOf,
  below,
  booleanOf,
  objectOf,
  readObject,
  readString,
  stringOf,
} from '../../core/json-read.ts';
import { readCacheMark } from './cache-marks.ts';
import { tellUnread } from './warnings.ts';

const READ = new Set(['type', 'name', 'description', 'input_schema', 'strict', 'cache_control']);

export function readTools(body: JsonObject, warn: Warn): readonly Tool[] {
  return (arrayOf(body, 'tools', '') ?? []).map((value, index) => {
    const at = below('tools', index);
    const tool = readObject(value, at);
    const type = stringOf(tool, 'type', at) ?? 'custom';
    if (type !== 'custom') return hosted(type, stringOf(tool, 'name', at), warn);
    tellUnread(tool, READ, 'tools[].', warn);
    return {
      kind: 'function',
      name: readString(tool['name'], below(at, 'name')),
      description: stringOf(tool, 'description', at) ?? '',
      schema: objectOf(tool, 'input_schema', at),
      strict: booleanOf(tool, 'strict', at),
      ...readCacheMark(tool, at),
    };
  });
}

/** Types with a date are Anthropic's own: it runs them, or its models know their form by heart. */
function hosted(type: string, name: string | null, warn: Warn): Tool {
  warn(remark('anthropic-tool', { tool: type.slice(0, 60) }));
  return { kind: 'hosted', name: name ?? type };
}
