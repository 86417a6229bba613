import type { Warn } from '../../core/canonical/request.ts';

/** The same remark about every turn or tool is made once. */
export function onceEach(warn: Warn): Warn {
  const told = new Set<string>();
  return (text) => {
    if (told.has(text)) return;
    told.add(text);
    warn(text);
  };
}
