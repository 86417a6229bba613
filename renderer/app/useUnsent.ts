/** Tells the desktop host, when the window is hidden, whether the page holds what was typed: it is kept then. */
import { useEventListener } from '@vueuse/core';
import { useDesktop } from '../shared/rpc/desktop.ts';

/** Any field with text in it counts: rather a window too many is kept than a sentence lost. */
const FIELDS =
  'textarea, input:not([type=checkbox], [type=radio], [type=range], [type=file]), [contenteditable=true]';

export function holdsText(root: ParentNode): boolean {
  return [...root.querySelectorAll(FIELDS)].some((field) =>
    field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement
      ? field.value !== ''
      : field.textContent.trim() !== '',
  );
}

export function useUnsent(): void {
  const desktop = useDesktop();
  if (desktop === null) return;
  useEventListener(document, 'visibilitychange', () => {
    if (document.visibilityState !== 'hidden') return;
    desktop.call('desktop.hidden', { unsent: holdsText(document) }).catch(() => undefined);
  });
}
