/** What has the focus, and where it stood once it is gone. */
import { canHold, placeIn, type Gap } from './next-focus.ts';

export interface WatchedFocus {
  readonly element: HTMLElement;
  /** Null while it stands where it stood. */
  readonly gap: () => Gap | null;
  readonly end: () => void;
}

/** Attributes that can take the focus from what is inside. */
const TAKING = ['disabled', 'hidden', 'inert', 'class', 'style'];

/** @param changed called when it may have lost the focus, or may have it again */
export function watchFocus(element: HTMLElement, changed: () => void): WatchedFocus {
  let gap: Gap | null = null;
  let lost = false;
  /** What is still there of all around it. */
  let inner: Node = element;

  const observer = new MutationObserver((records) => {
    for (const { target, removedNodes, previousSibling } of records) {
      const left = [...removedNodes].find((node) => node.contains(inner));
      // Moved within its list: it is back already.
      if (left === undefined || left.isConnected || !(target instanceof Element)) continue;
      gap = { parent: target, previous: previousSibling, place: placeIn(left, element) };
      inner = target;
    }
    // Who blurs it means it; only what it lost by leaving or being disabled is brought back.
    lost ||= !canHold(element);
    if (lost) changed();
  });
  for (let around: Element | null = element; around !== null; around = around.parentElement) {
    observer.observe(around, { childList: true, attributes: true, attributeFilter: TAKING });
  }
  return {
    element,
    gap: () => (element.isConnected ? null : gap),
    end: () => observer.disconnect(),
  };
}
