/** The keys that show another version of a turn, wherever in it the focus is. Pure but for the event, which it takes. */

/** @returns null where the key means something else: in a form, arrows walk through what is being written */
export function versionStep(event: KeyboardEvent): -1 | 1 | null {
  if (!event.altKey || event.ctrlKey || event.metaKey) return null;
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return null;
  if (event.target instanceof Element && event.target.closest('form') !== null) return null;
  event.preventDefault();
  return event.key === 'ArrowLeft' ? -1 : 1;
}
