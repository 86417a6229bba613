/** Keys by name: what a key press is called, on any layout, and what is printed on the key. Pure. */

/** The part of a KeyboardEvent that tells which keys are down. */
export interface KeyPress {
  readonly key: string;
  /** Place of the key on the keyboard, named as on the American one. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly isComposing: boolean;
  getModifierState(key: 'AltGraph'): boolean;
}

/**
 * @param mac Cmd is what Ctrl is elsewhere; there Ctrl moves the caret, and here the other one belongs to the system
 * @returns the name as a shortcut has it; null for keys that are nobody's: part of a word that an input method puts
 * together, or held with Alt or AltGr, which type characters
 */
export function keyName(press: KeyPress, mac: boolean): string | null {
  if (press.isComposing || press.key === 'Process' || press.key === 'Dead') return null;
  if (press.altKey || press.getModifierState('AltGraph')) return null;
  const [mod, other] = mac ? [press.metaKey, press.ctrlKey] : [press.ctrlKey, press.metaKey];
  if (other) return null;
  const key = plainKey(press, mod);
  // A shifted sign is a sign of its own; letters and named keys are the same key twice.
  const shifted = press.shiftKey && (key.length > 1 || /^[a-z0-9]$/.test(key));
  return `${mod ? 'Mod+' : ''}${shifted ? 'Shift+' : ''}${key}`;
}

/** The key as a shortcut names it: layouts without Latin letters are read by place, full-width signs as narrow ones. */
function plainKey({ key, code, shiftKey }: KeyPress, mod: boolean): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  const narrow = key.length === 1 ? (NARROW[key] ?? narrowed(key)) : key;
  if (/^[a-z]$/i.test(narrow)) return narrow.toLowerCase();
  if (letter !== undefined && /^\P{ASCII}$/u.test(narrow)) return letter.toLowerCase();
  // On a French keyboard the digits want Shift; with Ctrl the place is meant.
  if (mod && !shiftKey && digit !== undefined) return digit;
  return narrow;
}

/** Signs that a Chinese input method types in place of ours. */
const NARROW: Readonly<Record<string, string>> = { '、': '/', '。': '.' };

/** `？` is `?`: the full-width forms stand in the order of ASCII. */
function narrowed(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  return code > 0xff_00 && code < 0xff_5f ? String.fromCodePoint(code - 0xfe_e0) : sign;
}

/** Whether a press of this name belongs to whoever is typing: function keys and those with Ctrl do not. */
export const isPlain = (name: string): boolean => !name.startsWith('Mod+') && !/^F\d+$/.test(name);

/** Names compare without case, so that `Mod+F` is `Mod+f`. */
export const isKey = (name: string, key: string): boolean => name.toLowerCase() === key.toLowerCase();

const LABELS: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  Escape: 'Esc',
  Delete: 'Del',
};

/** A key as it is printed on the keyboard; `Mod` is Ctrl, on macOS Cmd. */
export function keyText(name: string, mac: boolean): string {
  const key = name.replace(/^Mod\+/, '').replace(/^Shift\+/, '');
  const mod = name.startsWith('Mod+') ? (mac ? '⌘' : 'Ctrl ') : '';
  const shift = /^(?:Mod\+)?Shift\+/.test(name) ? (mac ? '⇧' : 'Shift ') : '';
  return mod + shift + (LABELS[key] ?? (key.length === 1 ? key.toUpperCase() : key));
}
