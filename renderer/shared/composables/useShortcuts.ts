/** What can be done on the page in view: one list for the keys, the palette and the cheat sheet. */
import { onScopeDispose, ref, shallowRef, type Component } from 'vue';
import { defineStore } from 'pinia';
import { isKey, isPlain, keyName, keyText } from './key-names.ts';
import { conflictsOf } from './shortcut-conflicts.ts';

export interface Shortcut {
  /**
   * Keys as KeyboardEvent names them, any of which will do; `Mod+` means Ctrl, on macOS Cmd, and `Mod+Shift+` with
   * Shift too. None: it stands in the palette alone.
   */
  readonly keys: readonly string[];
  /** Key of the message that tells what it does. */
  readonly label: string;
  /**
   * Absent for keys that a component handles itself and the cheat sheet only names. One that takes the event wants to
   * know which of its keys was pressed, so the palette leaves it out.
   */
  readonly act?: (event: KeyboardEvent) => void;
  /** What people may call it, in English and Chinese; the palette finds it by that too. */
  readonly words?: string;
  readonly icon?: Component;
  /** False while it would do nothing; the palette then leaves it out. */
  readonly available?: () => boolean;
  /** It holds on every page, not just where it was added. */
  readonly everywhere?: boolean;
}

export const useShortcutStore = defineStore('shortcuts', () => {
  const shortcuts = shallowRef<readonly Shortcut[]>([]);
  /** Something else stands in the page's place: only what holds everywhere holds. */
  const pageHidden = ref(false);

  return {
    shortcuts,
    pageHidden,
    /** @throws Error while developing, for a key that is taken */
    add(added: readonly Shortcut[]): () => void {
      const next = [...shortcuts.value, ...added];
      const conflicts = import.meta.env.DEV ? conflictsOf(next) : [];
      if (conflicts.length > 0) throw new Error(`Two shortcuts have one key: ${conflicts.join('; ')}`);
      shortcuts.value = next;
      return () => {
        shortcuts.value = shortcuts.value.filter((shortcut) => !added.includes(shortcut));
      };
    },
    /** @returns true when a shortcut took the key */
    handle(event: KeyboardEvent): boolean {
      if (event.defaultPrevented) return false;
      const name = keyName(event, isMac());
      // Plain keys belong to whoever is typing, and to an open dialog or menu.
      if (name === null || (isPlain(name) && (isTyping(event.target) || isCovered()))) return false;
      const wanting = shortcuts.value.filter(
        ({ keys, act, available, everywhere }) =>
          act !== undefined &&
          (everywhere === true || !pageHidden.value) &&
          available?.() !== false &&
          keys.some((key) => isKey(key, name)),
      );
      const found = wanting.findLast(({ everywhere }) => everywhere !== true) ?? wanting.at(-1);
      if (found?.act === undefined) return false;
      event.preventDefault();
      // A key that is held down walks through a list, but makes one new conversation.
      if (!event.repeat || isPlain(name)) found.act(event);
      return true;
    },
  };
});

/** Adds shortcuts for as long as the calling component lives. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  onScopeDispose(useShortcutStore().add(shortcuts));
}

/** A key as it is printed on the keyboard; `Mod` is Ctrl, on macOS Cmd. */
export const keyLabel = (key: string): string => keyText(key, isMac());

const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);

const isCovered = (): boolean =>
  document.querySelector('[role=dialog], [role=alertdialog], [role=menu]') !== null;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  );
}
