import { expect, it } from 'vitest';
import { holdsText } from './useUnsent.ts';

it.each([
  ['<input value="typed">', true],
  ['<textarea>typed</textarea>', true],
  ['<div contenteditable="true"> typed </div>', true],
  ['<input value=""><textarea></textarea><div contenteditable="true"> </div>', false],
  ['<input type="checkbox" value="on"><p>text</p>', false],
])('%s', (html, holds) => {
  const page = document.createElement('div');
  page.innerHTML = html;
  expect(holdsText(page)).toBe(holds);
});
