import { expect, test } from 'vitest';
import { withoutMembers } from './without-members.ts';

test('a body without them stays the very same', () => {
  const body = { model: 'm', seed: 1 };
  const told: string[] = [];
  expect(withoutMembers(body, ['n', 'user'], 'Groq', ({ text }) => told.push(text))).toBe(body);
  expect(told).toEqual([]);
});

test('what is left out is told, but for what said nothing', () => {
  const told: string[] = [];
  const body = { model: 'm', n: 2, user: null };
  expect(withoutMembers(body, ['n', 'user'], 'Groq', ({ text }) => told.push(text))).toEqual({ model: 'm' });
  expect(told).toEqual(['n is not taken by Groq and was left out.']);
});
