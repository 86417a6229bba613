import { expect, it } from 'vitest';
import { keepComposingKeys } from './composing-keys.ts';

const page = document.createElement('main');
keepComposingKeys(page);

function heardOf(key: string, init: KeyboardEventInit = {}): readonly string[] {
  const field = document.createElement('input');
  const heard: string[] = [];
  field.addEventListener('keydown', (event) => heard.push(event.key));
  page.replaceChildren(field);
  field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...init }));
  return heard;
}

it.each(['Enter', 'Escape', 'ArrowDown'])('%s belongs to the input method while it makes a word', (key) => {
  expect(heardOf(key, { isComposing: true })).toEqual([]);
  // oxlint-disable-next-line typescript/no-deprecated -- It is how Safari tells it.
  expect(heardOf(key, { keyCode: 229 })).toEqual([]);
  expect(heardOf(key)).toEqual([key]);
});
