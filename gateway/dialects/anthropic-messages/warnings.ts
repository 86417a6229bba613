/** Telling what is left out. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { Warn } from '../../core/canonical/request.ts';
import { isArray, type JsonObject } from '../../core/json.ts';

/** Characters of a member's name that are shown. */
const LONGEST_NAME = 40;

/** Passes each sentence on once, however often it is said. */
export function onceEach(warn: Warn): Warn {
  const said = new Set<string>();
  return (told) => {
    if (said.has(told.text)) return;
    said.add(told.text);
    warn(told);
  };
}

/**
 * Tells of the members that nobody reads; those that say nothing are not worth a word.
 * @param where what they are members of: `tools[].`; empty for the request itself
 */
export function tellUnread(from: JsonObject, read: ReadonlySet<string>, where: string, warn: Warn): void {
  for (const [name, value] of Object.entries(from)) {
    const says = value !== null && value !== false && !(isArray(value) && value.length === 0);
    if (!read.has(name) && says) {
      warn(remark('no-counterpart-elsewhere', { name: where + name.slice(0, LONGEST_NAME) }));
    }
  }
}
