/** Boxes and switches that show what is, not what was pressed. */

/**
 * What a press asks for. The box shows `checked` again at once, and the new value when it comes true: a click that is
 * prevented instead would be taken back by the browser after the new value is drawn.
 * @param event the box's `change`
 */
export function wantedCheck({ target }: Event, checked: boolean): boolean {
  if (target instanceof HTMLInputElement) target.checked = checked;
  return !checked;
}
