import { expect, it } from 'vitest';
import { keyText, readKeyText } from './key-name.ts';

it.each([
  [{ provider: 'groq', keyFingerprint: '…a1b2' }, 'groq key …a1b2'],
  [{ provider: 'ollama', keyFingerprint: null }, 'ollama'],
])('%j reads %s, and is read from it', (named, text) => {
  expect(keyText(named)).toBe(text);
  expect(readKeyText(text)).toEqual(named);
});

it('a text that names nothing so is a provider', () => {
  expect(readKeyText('a key b')).toEqual({ provider: 'a key b', keyFingerprint: null });
});
