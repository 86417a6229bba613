/** Places up to which the client wants a conversation cached. */
import type { CacheMark, Turn } from '../../core/canonical/parts.ts';
import type { CanonicalRequest } from '../../core/canonical/request.ts';
import type { JsonObject } from '../../core/json.ts';
import { below, objectOf, stringOf, type Path } from '../../core/json-read.ts';

/** `{cache: ...}` where the client marked the block, else nothing to add. */
export function readCacheMark(block: JsonObject, path: Path): { readonly cache?: CacheMark } {
  const mark = objectOf(block, 'cache_control', path);
  return mark === null ? {} : { cache: { ttl: stringOf(mark, 'ttl', below(path, 'cache_control')) } };
}

/** More of them are refused. */
const MOST = 4;

/** `{cache_control: ...}` for what is marked, else nothing to add. */
export type Marker = (cache: CacheMark | undefined) => JsonObject;

/**
 * Writes the last four marks, which cover the most. Asked in the order of the prefix: tools, instructions, messages.
 */
export function createMarker(request: CanonicalRequest): Marker {
  let tooMany = countMarks(request) - MOST;
  return (cache) => {
    if (cache === undefined) return {};
    tooMany -= 1;
    if (tooMany >= 0) return {};
    // Other times to live are not known here.
    return { cache_control: { type: 'ephemeral', ...(cache.ttl === '1h' ? { ttl: '1h' } : {}) } };
  };
}

function countMarks({ tools, system, turns }: CanonicalRequest): number {
  const inTools = tools.filter((tool) => tool.kind === 'function' && tool.cache !== undefined).length;
  const inTurns = turns.map(({ parts }) => marked(parts));
  return [inTools, marked(system), ...inTurns].reduce((sum, count) => sum + count, 0);
}

function marked(parts: Turn['parts']): number {
  let count = 0;
  for (const part of parts) if ('cache' in part && part.cache !== undefined) count += 1;
  return count;
}
