/** How long a question is: the words of the user's last turn, without results of tools and attachments. Pure. */
import type { CanonicalRequest } from '../core/canonical/request.ts';

/**
 * Characters as people count them, not halves of one; texts of one turn are added up. 0 where the user's last
 * turn has no words of its own, as while an agent works.
 * @param most counting ends beyond it
 */
export function queryLength({ turns }: CanonicalRequest, most: number): number {
  const last = turns.findLast(({ role }) => role === 'user');
  let count = 0;
  for (const part of last?.parts ?? []) {
    if (part.kind !== 'text') continue;
    for (let at = 0; at < part.text.length && count <= most; at += 1) {
      // Each character once: the second half of one is not counted.
      if ((part.text.charCodeAt(at) & 0xfc00) !== 0xdc00) count += 1;
    }
  }
  return count;
}
