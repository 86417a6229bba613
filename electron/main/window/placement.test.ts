import { describe, expect, it } from 'vitest';
import { placeWindow } from './placement.ts';

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
