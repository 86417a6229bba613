import { expect, test } from 'vitest';
import { refusedMembers } from './refused-members.ts';

test('penalties are left out and told', () => {
  const told: string[] = [];
  const body = { frequency_penalty: 1, logit_bias: { 50_256: -100 }, temperature: 0.5 };
  expect(refusedMembers.request(body, 'gpt-oss-120b', ({ text }) => told.push(text))).toEqual({
    temperature: 0.5,
  });
  expect(told).toHaveLength(2);
});
