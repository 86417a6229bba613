import { describe, expect, it } from 'vitest';
import { sameComplexity, trialRequest, withThreshold, withWeight } from './complexity-trial.ts';

const SETTINGS = {
  weights: {
    length: 0.45,
    code: 0.3,
    reasoning: 0.7,
    tools: 0.25,
    images: 0.25,
    turns: 0.25,
    constraints: 0.35,
  },
  thresholds: { medium: 0.2, high: 0.55 },
};

describe('what is pasted', () => {
  it.each([
    ['{"messages":[]}', 'openai-chat'],
    ['{"contents":[]}', 'gemini'],
    ['{"input":"hi"}', 'openai-responses'],
  ])('%s is a request', (body, format) => expect(trialRequest(body)).toEqual({ format, body }));

  it.each(['Hello', '{"a":1}', '{', '[1]', 'null'])('%s is what a user says', (content) =>
    expect(JSON.parse(trialRequest(content)?.body ?? '')).toMatchObject({
      messages: [{ role: 'user', content }],
    }),
  );

  it('may be nothing', () => expect(trialRequest(' \n')).toBeNull());
});

it('thresholds push each other along', () => {
  expect(withThreshold(SETTINGS, 'medium', 0.7).thresholds).toEqual({ medium: 0.7, high: 0.7 });
  expect(withThreshold(SETTINGS, 'high', 0.1).thresholds).toEqual({ medium: 0.1, high: 0.1 });
  expect(withThreshold(SETTINGS, 'medium', 0.3).thresholds).toEqual({ medium: 0.3, high: 0.55 });
});

it('one other figure is another setting', () => {
  expect(sameComplexity(SETTINGS, structuredClone(SETTINGS))).toBe(true);
  expect(sameComplexity(SETTINGS, withWeight(SETTINGS, 'turns', 0.26))).toBe(false);
  expect(sameComplexity(SETTINGS, withThreshold(SETTINGS, 'high', 0.56))).toBe(false);
});
