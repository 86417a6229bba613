import { expect, it } from 'vitest';
import { versionStep } from './version-keys.ts';

/** What an article makes of a key that is pressed in what `inside` finds. */
function press(
  inside: string,
  init: KeyboardEventInit,
): { readonly step: number | null; readonly taken: boolean } {
  const article = document.createElement('article');
  article.innerHTML = '<button></button><form><textarea></textarea><button></button></form>';
  let step: number | null = null;
  article.addEventListener('keydown', (event) => (step = versionStep(event)));
  const event = new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true });
  article.querySelector(inside)?.dispatchEvent(event);
  return { step, taken: event.defaultPrevented };
}

it.each([
  ['ArrowLeft', -1],
  ['ArrowRight', 1],
])('Alt and %s shows another version', (key, step) => {
  expect(press('article > button', { key, altKey: true })).toEqual({ step, taken: true });
});

it.each(['form textarea', 'form button'])('leaves what is being written alone (%s)', (inside) => {
  expect(press(inside, { key: 'ArrowLeft', altKey: true })).toEqual({ step: null, taken: false });
});

it.each([
  { key: 'ArrowLeft' },
  { key: 'a', altKey: true },
  { key: 'ArrowLeft', altKey: true, ctrlKey: true },
])('takes no other key: %j', (init) => {
  expect(press('article > button', init)).toEqual({ step: null, taken: false });
});
