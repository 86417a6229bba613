import { describe, expect, it } from 'vitest';
import {
  leastRoom,
  printWidths,
  rangeOf,
  readWidths,
  roomFor,
  templateOf,
  withWidth,
} from './column-widths.ts';
import { columnsIn, COLUMNS, USUAL } from './columns.ts';

it('the model takes what is left until it has a width', () => {
  expect(templateOf(['status', 'model'], {}, 900)).toBe('60px minmax(110px, 1fr)');
  expect(templateOf(['status', 'model'], { status: 80, model: 300 }, 900)).toBe('80px minmax(110px, 300px)');
});

it('the client takes of what is left until its longest name stands there, and no more', () => {
  const shown = ['status', 'client', 'model'] as const;
  const room = roomFor(shown, {});
  expect(templateOf(shown, {}, room)).toBe('60px 92px minmax(110px, 1fr)');
  expect(templateOf(shown, {}, room + 40)).toBe('60px 112px minmax(110px, 1fr)');
  expect(templateOf(shown, {}, 2_000)).toBe('60px 140px minmax(110px, 1fr)');
  expect(templateOf(shown, { client: 70 }, 2_000)).toBe('60px 70px minmax(110px, 1fr)');
  expect(rangeOf('client', shown, {}, 2_000).now).toBe(140);
});

describe('what a column can be set to', () => {
  const shown = ['status', 'time', 'client', 'model'] as const;

  it('ends where another column would have to go', () => {
    const { most } = rangeOf('client', shown, {}, 500);
    expect(columnsIn(shown, 500, { client: most })).toEqual(shown);
    expect(roomFor(shown, { client: most })).toBe(500);
  });

  it('is never below what says something', () => {
    expect(rangeOf('client', shown, {}, 200)).toMatchObject({ least: 48, most: 48 });
    expect(withWidth({}, 'client', 3, rangeOf('client', shown, {}, 900))).toEqual({ client: 48 });
    expect(withWidth({}, 'client', 9_999, rangeOf('client', shown, {}, 5_000))).toEqual({ client: 800 });
  });

  it('is known of the model though it has no width of its own', () => {
    const { now } = rangeOf('model', shown, {}, 900);
    const client = rangeOf('client', shown, {}, 900).now;
    expect(roomFor(shown, { client }) - 150 + now).toBe(900);
    expect(rangeOf('model', shown, { model: 200 }, 900).now).toBe(200);
  });
});

it('a wide column makes others go, a wide model gives way itself', () => {
  expect(columnsIn(USUAL, 900)).toEqual(USUAL);
  expect(columnsIn(USUAL, 900, { client: 300 })).not.toContain('chart');
  expect(columnsIn(USUAL, 900, { model: 700 })).toEqual(USUAL);
  expect(leastRoom(['status', 'model'], { model: 700 })).toBe(leastRoom(['status', 'model'], {}));
});

it.each([
  ['', {}],
  ['client:120,model:300', { client: 120, model: 300 }],
  ['client:5,model:90000,nonsense:70,chart:90,cost,total:x', {}],
])('%j is read as it was meant', (text, widths) => {
  expect(readWidths(text, COLUMNS)).toEqual(widths);
  expect(readWidths(printWidths(widths), COLUMNS)).toEqual(widths);
});
