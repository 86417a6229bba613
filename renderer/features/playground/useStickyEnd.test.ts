import { describe, expect, it } from 'vitest';
import { effectScope, ref } from 'vue';
import { useStickyEnd } from './useStickyEnd.ts';

/** A scroller 100 px high. */
function setUp() {
  const element = document.createElement('div');
  const place = { scrollHeight: 1_000, clientHeight: 100, scrollTop: 0 };
  for (const name of ['scrollHeight', 'clientHeight', 'scrollTop'] as const) {
    Object.defineProperty(element, name, {
      get: () => place[name],
      set: (value: number) => {
        place[name] = Math.min(value, place.scrollHeight - place.clientHeight);
      },
    });
  }
  const sticky = effectScope().run(() => useStickyEnd(ref(element), ref(null)));
  if (sticky === undefined) throw new Error('the scope has ended');
  const scrollTo = (top: number): void => {
    element.scrollTop = top;
    sticky.scrolled();
  };
  return { place, sticky, scrollTo };
}

describe('the end of a scroller', () => {
  it('is left by who goes up, and found again by who comes back', () => {
    const { sticky, scrollTo } = setUp();
    sticky.toEnd();
    sticky.scrolled();
    scrollTo(600);
    expect(sticky.atEnd.value).toBe(false);
    scrollTo(700);
    expect(sticky.atEnd.value).toBe(false);
    scrollTo(890);
    expect(sticky.atEnd.value).toBe(true);
  });

  it('is not left because much came at once, before anybody could follow', () => {
    const { place, sticky } = setUp();
    sticky.toEnd();
    place.scrollHeight = 9_000;
    // The browser tells of the scrolling to the earlier end only now.
    sticky.scrolled();
    expect(sticky.atEnd.value).toBe(true);
  });
});
