/** How well a model fits the words that were typed: who types a name sees that model first. Pure. */
import type { ModelRow } from './rows.ts';

export const wordsOf = (text: string): readonly string[] => text.toLowerCase().split(/\s+/).filter(Boolean);

/** Steps of fitting, the best first. */
const EXACT = 0;
const BEGINS = 1;
const WORD_BEGINS = 2;
const INSIDE = 3;

/**
 * The best fits first; equal ones keep their order.
 * @param rows that hold every word
 */
export function ranked(rows: readonly ModelRow[], text: string): readonly ModelRow[] {
  const words = wordsOf(text);
  if (words.length === 0) return rows;
  const typed = words.join(' ');
  return rows
    .map((row) => ({ row, rank: rankOf(row, typed, words) }))
    .toSorted((left, right) => left.rank - right.rank)
    .map(({ row }) => row);
}

/** What was typed as a whole counts before its words one by one; a shorter name before a longer one. */
function rankOf(row: ModelRow, typed: string, words: readonly string[]): number {
  const model = row.model.toLowerCase();
  const names = [model, row.id.toLowerCase(), ...row.aliases.map((alias) => alias.toLowerCase())];
  const whole = Math.min(...names.map((name) => fit(name, typed)));
  const parts = words.reduce((sum, word) => sum + fit(model, word), 0) / words.length;
  return whole * 10_000 + parts * 1_000 + Math.min(model.length, 300);
}

function fit(name: string, word: string): number {
  if (name === word) return EXACT;
  const at = name.indexOf(word);
  if (at === 0) return BEGINS;
  if (at > 0) return /[^a-z0-9]/.test(name.charAt(at - 1)) ? WORD_BEGINS : INSIDE;
  return INSIDE + 1;
}
