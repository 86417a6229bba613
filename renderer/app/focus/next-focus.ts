/** Where the focus goes when what had it is gone: to what stands in its place, else close by. */

/** Where something stood. */
export interface Gap {
  readonly parent: Element;
  /** What stood before it, null at the start. */
  readonly previous: Node | null;
  /** Which of the controls of what left had the focus, from 0. */
  readonly place: number;
}

const CONTROLS = 'a[href], button, input, select, textarea, summary, [tabindex]';

const canTake = (element: HTMLElement): boolean => element.tabIndex >= 0 && canHold(element);

/** Whether it could have the focus now, if only by a script. */
export function canHold(element: HTMLElement): boolean {
  return (
    element.isConnected &&
    !element.matches(':disabled, [type=hidden]') &&
    element.closest('[inert], [hidden]') === null &&
    element.checkVisibility({ visibilityProperty: true })
  );
}

/** @param left a part of the page that is gone, with what had the focus in it */
export function placeIn(left: Node, focused: Element): number {
  if (!(left instanceof Element)) return 0;
  return Math.max(0, [...left.querySelectorAll(CONTROLS)].indexOf(focused));
}

/**
 * The same control of the row that moved up, else of the one above, else the nearest around.
 *
 * @returns null where only the whole page is left
 */
export function nextFocus({ parent, previous, place }: Gap): HTMLElement | null {
  const before = previous !== null && previous.parentNode === parent ? previous : null;
  if (isWhole(parent)) return null;
  for (const [row, otherwise] of [
    [sibling(before?.nextSibling ?? (before === null ? parent.firstChild : null), 'nextSibling'), 0],
    [sibling(before, 'previousSibling'), -1],
  ] as const) {
    const controls = row === null ? [] : controlsIn(row);
    const found = controls[place] ?? controls.at(otherwise);
    if (found !== undefined) return found;
  }
  let inner: Element = parent;
  for (let scope = parent.parentElement; scope !== null && !isWhole(scope); scope = scope.parentElement) {
    const controls = controlsIn(scope);
    const edge = inner;
    const found =
      controls.find((control) => follows(edge, control)) ??
      controls.findLast((control) => !edge.contains(control));
    if (found !== undefined) return found;
    inner = scope;
  }
  return null;
}

/** Nothing of it stands near anything else of it. */
const isWhole = (element: Element): boolean => element.matches('main, body, #app, #app > *');

const follows = (edge: Element, control: Element): boolean =>
  !edge.contains(control) && (edge.compareDocumentPosition(control) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;

/** It, or the first after or before it that has controls. */
function sibling(start: Node | null, way: 'nextSibling' | 'previousSibling'): Element | null {
  for (let node = start; node !== null; node = node[way]) {
    if (node instanceof Element && controlsIn(node).length > 0) return node;
  }
  return null;
}

function controlsIn(scope: Element): readonly HTMLElement[] {
  return [scope, ...scope.querySelectorAll(CONTROLS)]
    .filter((element) => element instanceof HTMLElement)
    .filter((element) => element.matches(CONTROLS) && canTake(element));
}
