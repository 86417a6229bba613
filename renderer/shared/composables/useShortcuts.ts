/** Keyboard shortcuts of whatever is on screen: one list that the keys and the cheat sheet both read. */
import { onScopeDispose, shallowRef } from 'vue';
import { defineStore } from 'pinia';

export interface Shortcut {
  /** Keys as KeyboardEvent names them, any of which will do; `Mod+` means Ctrl, on macOS Cmd. */
  readonly keys: readonly string[];
  /** Key of the message that tells what it does. */
  readonly label: string;
  /** Absent for keys that a component handles itself and the cheat sheet only names. */
  readonly act?: (event: KeyboardEvent) => void;
}

export const useShortcutStore = defineStore('shortcuts', () => {
  const shortcuts = shallowRef<readonly Shortcut[]>([]);

  return {
    shortcuts,
    add(added: readonly Shortcut[]): () => void {
      shortcuts.value = [...shortcuts.value, ...added];
      return () => {
        shortcuts.value = shortcuts.value.filter((shortcut) => !added.includes(shortcut));
      };
    },
    /** @returns true when a shortcut took the key */
    handle(event: KeyboardEvent): boolean {
      if (event.defaultPrevented || event.isComposing) return false;
      const key = nameOf(event);
      // Plain keys belong to whoever is typing, and to an open dialog or menu.
      if (
        !key.startsWith('Mod+') &&
        (isTyping(event.target) || document.querySelector('[role=dialog], [role=menu]'))
      ) {
        return false;
      }
      const found = shortcuts.value.findLast(({ keys, act }) => act !== undefined && keys.includes(key));
      if (found?.act === undefined) return false;
      event.preventDefault();
      found.act(event);
      return true;
    },
  };
});

/** Adds shortcuts for as long as the calling component lives. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  onScopeDispose(useShortcutStore().add(shortcuts));
}

const KEY_LABELS: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  Escape: 'Esc',
};

/** A key as it is printed on the keyboard; `Mod` is Ctrl, on macOS Cmd. */
export function keyLabel(key: string): string {
  const modifier = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl ';
  const plain = key.replace('Mod+', '');
  const label = KEY_LABELS[plain] ?? (plain.length === 1 ? plain.toUpperCase() : plain);
  return plain === key ? label : modifier + label;
}

function nameOf(event: KeyboardEvent): string {
  const modified = event.ctrlKey || event.metaKey;
  return modified && !event.altKey ? `Mod+${event.key.toLowerCase()}` : event.key;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  );
}
