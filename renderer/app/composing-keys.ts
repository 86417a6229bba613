/**
 * Keys that an input method takes while it puts a word together are no keys of the page: Enter takes the word over and
 * Escape gives it up. No field, menu or dialog hears them; what the browser does with them goes on.
 */

/** Code of a key that an input method took; Safari says so alone of the Enter that ends a word. */
const TAKEN = 229;

/** @param page whatever hears keys before everything in it */
export function keepComposingKeys(page: EventTarget): void {
  page.addEventListener(
    'keydown',
    (event) => {
      if (!(event instanceof KeyboardEvent)) return;
      // oxlint-disable-next-line typescript/no-deprecated -- no other member says it in Safari
      if (event.isComposing || event.keyCode === TAKEN) event.stopImmediatePropagation();
    },
    { capture: true },
  );
}
