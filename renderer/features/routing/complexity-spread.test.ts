import { expect, it } from 'vitest';
import { scoreOf, spreadOf } from './complexity-spread.ts';

const NONE = { length: 0, code: 0, reasoning: 0, tools: 0, images: 0, turns: 0, constraints: 0 };
const settings = (medium: number, high: number, reasoning = 0.5) => ({
  weights: { ...NONE, code: 0.4, reasoning },
  thresholds: { medium, high },
});
const requests = [NONE, { ...NONE, code: 1 }, { ...NONE, code: 1, reasoning: 1 }, NONE];

it('scores as the gateway does: each feature takes its part of the rest', () => {
  expect(scoreOf({ ...NONE, code: 1, reasoning: 1 }, settings(0.2, 0.6))).toBeCloseTo(0.7);
});

it('tells which share goes where, and follows thresholds and weights', () => {
  expect(spreadOf(requests, settings(0.2, 0.6)).shares).toEqual({ low: 0.5, medium: 0.25, high: 0.25 });
  expect(spreadOf(requests, settings(0.4, 0.7)).shares).toEqual({ low: 0.5, medium: 0.25, high: 0.25 });
  expect(spreadOf(requests, settings(0.5, 0.8)).shares).toEqual({ low: 0.75, medium: 0.25, high: 0 });
  expect(spreadOf(requests, settings(0.2, 0.6, 0)).shares).toEqual({ low: 0.5, medium: 0.5, high: 0 });
});

it('draws every request once, the hardest in the last bar, each bar with its tier', () => {
  const { bars } = spreadOf([...requests, { ...NONE, reasoning: 1 }], settings(0.2, 0.6, 1));
  expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(5);
  expect(bars.at(0)).toEqual({ from: 0, count: 2, level: 'low' });
  expect(bars.at(-1)).toEqual({ from: 0.95, count: 2, level: 'high' });
});

it('of no request is empty, not broken', () => {
  expect(spreadOf([], settings(0.2, 0.6)).shares).toEqual({ low: 0, medium: 0, high: 0 });
});
