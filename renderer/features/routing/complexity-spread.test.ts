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
  expect(spreadOf(requests, settings(0.2, 0.6)).shares).toEqual({ low: 50, medium: 25, high: 25 });
  expect(spreadOf(requests, settings(0.4, 0.7)).shares).toEqual({ low: 50, medium: 25, high: 25 });
  expect(spreadOf(requests, settings(0.5, 0.8)).shares).toEqual({ low: 75, medium: 25, high: 0 });
  expect(spreadOf(requests, settings(0.2, 0.6, 0)).shares).toEqual({ low: 50, medium: 50, high: 0 });
});

it('tells shares that are 100 together, whatever rounding does', () => {
  const some = [NONE, { ...NONE, code: 1 }, { ...NONE, code: 1, reasoning: 1 }];
  expect(spreadOf(some, settings(0.2, 0.6)).shares).toEqual({ low: 34, medium: 33, high: 33 });
  const [low = NONE, medium = NONE, high = NONE] = some;
  const many = [
    ...Array.from({ length: 145 }, () => low),
    ...Array.from({ length: 35 }, () => medium),
    ...Array.from({ length: 20 }, () => high),
  ];
  expect(spreadOf(many, settings(0.2, 0.6)).shares).toEqual({ low: 73, medium: 17, high: 10 });
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
