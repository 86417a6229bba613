/** Reads instructions: `system`, and messages of that role. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { TextPart } from '../../core/canonical/parts.ts';
import type { Warn } from '../../core/canonical/request.ts';
import { isArray } from '../../core/json.ts';
import { TEXT_BLOCKS } from '../../core/allowed.ts';
import { below, readObject, readString, refuse, type Path } from '../../core/json-read.ts';
import { readCacheMark } from './cache-marks.ts';

/** Claude Code's first entry, which only Anthropic's own billing reads. */
const ATTRIBUTION = /^x-anthropic-billing-header:[^\n]*\n*/;

export function readSystem(system: unknown, warn: Warn): readonly TextPart[] {
  if (system === null) return [];
  const [first, ...rest] = readInstructions(system, 'system', warn);
  if (first === undefined || !ATTRIBUTION.test(first.text))
    return first === undefined ? [] : [first, ...rest];
  warn(remark('claude-code-attribution'));
  const text = first.text.replace(ATTRIBUTION, '');
  return text === '' ? rest : [{ ...first, text }, ...rest];
}

/** A text, or a list of text blocks; empty ones say nothing. */
export function readInstructions(content: unknown, path: Path, warn: Warn): readonly TextPart[] {
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }];
  if (!isArray(content)) return refuse(path, TEXT_BLOCKS, content);
  return content.flatMap((value, index): readonly TextPart[] => {
    const at = below(path, index);
    const block = readObject(value, at);
    if (block['type'] !== 'text') {
      warn(remark('system-block', { path }));
      return [];
    }
    const text = readString(block['text'], below(at, 'text'));
    return text === '' ? [] : [{ kind: 'text', text, ...readCacheMark(block, at) }];
  });
}
