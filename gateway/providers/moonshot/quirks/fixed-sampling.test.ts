import type { Warn } from '../../../core/canonical/request.ts';
import { expect, test } from 'vitest';
import { fixedSampling } from './fixed-sampling.ts';

const unexpected: Warn = ({ text }) => expect.fail(text);

const body = { temperature: 0.2, max_completion_tokens: 10 };

test.each([['kimi-k2.5'], ['kimi-k3']])('%s gets no temperature', (model) => {
  const told: string[] = [];
  expect(fixedSampling.request(body, model, ({ text }) => told.push(text))).toEqual({
    max_completion_tokens: 10,
  });
  expect(told).toHaveLength(1);
});

test.each([['kimi-k2-0905-preview'], ['moonshot-v1-32k']])('%s does', (model) =>
  expect(fixedSampling.request(body, model, unexpected)).toBe(body),
);
