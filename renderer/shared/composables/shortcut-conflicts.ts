/** Two shortcuts that would have the same key at the same time. Pure. */
import type { Shortcut } from './useShortcuts.ts';

/** Esc closes the innermost thing: whoever came last has it, which is how it is meant. */
const LAYERED: ReadonlySet<string> = new Set(['Escape']);

/**
 * A page may take a key from what holds everywhere: it then does the same there in its own way. Two of a page may not
 * have the same one, and neither may two that hold everywhere.
 * @returns the labels of both and their key, for a developer to read
 */
export function conflictsOf(shortcuts: readonly Shortcut[]): readonly string[] {
  const taken = new Map<string, string>();
  return shortcuts.flatMap(({ keys, label, act, everywhere = false }) => {
    if (act === undefined) return [];
    return keys.flatMap((key) => {
      const name = `${everywhere ? 'everywhere' : 'page'} ${key.toLowerCase()}`;
      const other = taken.get(name);
      taken.set(name, label);
      return other === undefined || LAYERED.has(key) ? [] : [`${key}: ${other} and ${label}`];
    });
  });
}
