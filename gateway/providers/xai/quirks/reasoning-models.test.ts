import type { Warn } from '../../../core/canonical/request.ts';
import { expect, test } from 'vitest';
import { reasoningModels } from './reasoning-models.ts';

const unexpected: Warn = ({ text }) => expect.fail(text);

const body = { stop: ['END'], temperature: 1 };

test.each([['grok-4.3'], ['grok-4.20-reasoning'], ['grok-3-mini']])(
  '%s is not told where to stop',
  (model) => {
    const told: string[] = [];
    expect(reasoningModels.request(body, model, ({ text }) => told.push(text))).toEqual({ temperature: 1 });
    expect(told).toEqual([`stop is not taken by ${model} and was left out.`]);
  },
);

test.each([['grok-4.20-non-reasoning'], ['grok-3'], ['grok-2-vision']])('%s is', (model) =>
  expect(reasoningModels.request(body, model, unexpected)).toBe(body),
);
