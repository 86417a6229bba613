import { describe, expect, it } from 'vitest';
import { keyName, keyText, type KeyPress } from './key-names.ts';

const press = (
  key: string,
  code: string,
  held: Partial<KeyPress> & { altGraph?: boolean } = {},
): KeyPress => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  ...held,
  getModifierState: () => held.altGraph === true,
});
const ctrl = { ctrlKey: true };
const shift = { shiftKey: true };

describe('the name of a key press', () => {
  it.each([
    ['a letter', press('k', 'KeyK'), 'k'],
    ['with Ctrl', press('k', 'KeyK', ctrl), 'Mod+k'],
    ['with Caps Lock', press('K', 'KeyK', ctrl), 'Mod+k'],
    ['with Shift', press('N', 'KeyN', shift), 'Shift+n'],
    ['with Ctrl and Shift', press('N', 'KeyN', { ...ctrl, ...shift }), 'Mod+Shift+n'],
    ['a named key', press('Enter', 'Enter', ctrl), 'Mod+Enter'],
    ['a named key with Shift', press('F8', 'F8', shift), 'Shift+F8'],
    ['a sign that wants Shift', press('?', 'Slash', shift), '?'],
    ['the same on a German keyboard', press('?', 'Minus', shift), '?'],
    ['comma on a French keyboard, where M is on ours', press(',', 'KeyM', ctrl), 'Mod+,'],
    ['a digit on a French keyboard', press('&', 'Digit1', ctrl), 'Mod+1'],
    ['a French sign without Ctrl', press('&', 'Digit1'), '&'],
    ['a letter of a French keyboard at another place', press('a', 'KeyQ', ctrl), 'Mod+a'],
    ['K on a Russian keyboard', press('л', 'KeyK', ctrl), 'Mod+k'],
    ['J on a Russian keyboard', press('о', 'KeyJ'), 'j'],
    ['full width question mark', press('？', 'Slash', shift), '?'],
    ['the Chinese comma where the slash is', press('、', 'Slash'), '/'],
    ['Space', press(' ', 'Space'), ' '],
  ])('%s', (_case, pressed, name) => {
    expect(keyName(pressed, false)).toBe(name);
  });

  it.each([
    ['while a word is put together', press('k', 'KeyK', { isComposing: true })],
    ['for the input method', press('Process', 'KeyK')],
    ['that waits for its letter', press('Dead', 'Quote')],
    ['with Alt', press('k', 'KeyK', { altKey: true })],
    ['with AltGr, told as Ctrl and Alt', press('@', 'KeyQ', { ctrlKey: true, altKey: true })],
    ['with AltGr alone', press('?', 'KeyW', { altGraph: true })],
    ['with the key of the system', press('k', 'KeyK', { metaKey: true })],
  ])('is nobody’s %s', (_case, pressed) => {
    expect(keyName(pressed, false)).toBeNull();
  });

  it('has Cmd for Ctrl on macOS, and leaves Ctrl alone', () => {
    expect(keyName(press('k', 'KeyK', { metaKey: true }), true)).toBe('Mod+k');
    expect(keyName(press('k', 'KeyK', ctrl), true)).toBeNull();
  });
});

describe('what stands on a key', () => {
  it.each([
    ['Mod+k', 'Ctrl K', '⌘K'],
    ['Mod+Shift+n', 'Ctrl Shift N', '⌘⇧N'],
    ['ArrowUp', '↑', '↑'],
    ['?', '?', '?'],
    ['Mod+,', 'Ctrl ,', '⌘,'],
    ['Enter', 'Enter', 'Enter'],
  ])('%s', (name, elsewhere, mac) => {
    expect([keyText(name, false), keyText(name, true)]).toEqual([elsewhere, mac]);
  });
});
