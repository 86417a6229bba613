import { expect, it } from 'vitest';
import { sampleRow } from '../../testing/samples.ts';
import { costText, dollarFigure, driftOf, exactDollars } from './cost-text.ts';

it.each([
  [{ cost: null, tokens: null }, 'none', '–'],
  [{ cost: null }, 'unknown', '?'],
  [{ cost: 0 }, 'free', '0'],
  [{ cost: 78_639_000_000 }, 'exact', '0.0786'],
  [{ cost: 78_639_000_000, tokensEstimated: true }, 'estimated', '~0.0786'],
] as const)('%j is %s', (changes, kind, text) =>
  expect(costText(sampleRow(1, changes), 'en')).toEqual({ kind, text }),
);

it.each([
  [1, '<0.0001'],
  [12_345_600_000_000, '12.35'],
  [1_234_560_000_000, '1.2346'],
])('%i pico-dollars are %s', (pico, text) => expect(dollarFigure(pico, 'en')).toBe(text));

it.each([
  [0, '$0.000000'],
  [6_444_000_000, '$0.006444'],
  [37_500, '$0.0000000375'],
])('%i pico-dollars are exactly %s', (pico, text) => expect(exactDollars(pico, 'en')).toBe(text));

it.each([
  [null, null],
  [{ pico: 100, reported: null }, null],
  [{ pico: null, reported: 100 }, null],
  [{ pico: 0, reported: 100 }, null],
  [{ pico: 100_000, reported: 100_010 }, null],
  [{ pico: 1_000, reported: 1_012 }, '+1.2 %'],
  [{ pico: 1_000, reported: 900 }, '−10.0 %'],
])('%j drifts by %s', (cost, drift) => expect(driftOf(cost)).toBe(drift));
