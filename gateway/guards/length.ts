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
    for (const _ of part.text) {
      count += 1;
      if (count > most) return count;
    }
  }
  return count;
}
