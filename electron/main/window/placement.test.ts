import { describe, expect, it } from 'vitest';
import { centred, isLost, placeWindow } from './placement.ts';

const laptop = { x: 0, y: 25, width: 1_440, height: 875 };
const desk = { x: 1_440, y: 0, width: 2_560, height: 1_400 };
const saved = (x: number, y: number, width = 1_000, height = 700, maximized = false) => ({
  bounds: { x, y, width, height },
  maximized,
});

describe('a window', () => {
  it('opens for the first time where the system likes it', () => {
    expect(placeWindow(null, [laptop])).toEqual({ bounds: { width: 1_280, height: 832 }, maximized: false });
  });

  it('opens for the first time no larger than the screen', () => {
    expect(placeWindow(null, [{ x: 0, y: 0, width: 1_024, height: 600 }]).bounds).toEqual({
      width: 1_024,
      height: 600,
    });
  });

  it.each([
    ['on the first screen', saved(100, 100)],
    ['on the second screen', saved(1_800, 200)],
    ['partly beyond the edge', saved(-700, 100)],
    ['maximised', saved(100, 100, 1_000, 700, true)],
  ])('opens where it was: %s', (_, was) => {
    expect(placeWindow(was, [laptop, desk])).toEqual(was);
  });

  it.each([
    ['its screen is gone', saved(1_800, 200)],
    ['too little of it is left', saved(-950, 100)],
    ['its title bar is above the screen', saved(100, -20)],
    ['its title bar is below the screen', saved(100, 899)],
  ])('keeps its size but not its place where %s', (_, was) => {
    expect(placeWindow(was, [laptop])).toEqual({ bounds: { width: 1_000, height: 700 }, maximized: false });
  });

  it('shrinks to the screen it is on, and never below what a page needs', () => {
    expect(placeWindow(saved(0, 25, 5_000, 4_000), [laptop]).bounds).toMatchObject({
      width: 1_440,
      height: 875,
    });
    expect(placeWindow(saved(0, 25, 10, 10), [laptop]).bounds).toMatchObject({ width: 400, height: 480 });
  });

  it('opens without any screen', () => {
    expect(placeWindow(saved(0, 0), []).bounds).toEqual({ width: 1_000, height: 700 });
  });
});

describe('a window that is open', () => {
  it.each([
    ['where it was put', { x: 100, y: 100, width: 1_000, height: 700 }, false],
    ['on the second screen', { x: 1_800, y: 200, width: 1_000, height: 700 }, false],
    ['on a screen that was unplugged', { x: 4_500, y: 200, width: 1_000, height: 700 }, true],
    ['above every screen', { x: 100, y: -690, width: 1_000, height: 700 }, true],
  ])('is lost or not: %s', (_, bounds, lost) => {
    expect(isLost(bounds, [laptop, desk])).toBe(lost);
  });

  it('comes back to the middle, no larger than the screen', () => {
    expect(centred(laptop)).toEqual({ x: 80, y: 47, width: 1_280, height: 832 });
    const small = centred({ x: 0, y: 0, width: 800, height: 600 });
    expect(small).toEqual({ x: 0, y: 0, width: 800, height: 600 });
    expect(isLost(centred(desk), [desk])).toBe(false);
  });
});
