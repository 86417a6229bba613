import type { Warn } from '../../core/canonical/request.ts';

/** The same remark about every turn or tool is made once. */
export function onceEach(warn: Warn): Warn {
  const told = new Set<string>();
  return (remark) => {
    if (told.has(remark.text)) return;
    told.add(remark.text);
    warn(remark);
  };
}
