import { expect, it } from 'vitest';
import { createPasswordCheck } from './password.ts';

const CHEAP = { N: 16, r: 1, p: 1 };

it('accepts the password and nothing like it', async () => {
  const check = createPasswordCheck(CHEAP);
  expect(await check.matches('correct horse', 'correct horse')).toBe(true);
  for (const wrong of ['', 'correct', 'correct horse ', 'Correct horse']) {
    expect(await check.matches('correct horse', wrong)).toBe(false);
  }
});

it('follows a change of the password', async () => {
  const check = createPasswordCheck(CHEAP);
  expect(await check.matches('first', 'first')).toBe(true);
  expect(await check.matches('second', 'first')).toBe(false);
  expect(await check.matches('second', 'second')).toBe(true);
});

it('refuses what is longer than 256 bytes without hashing it', async () => {
  const check = createPasswordCheck(CHEAP);
  const long = 'x'.repeat(257);
  expect(await check.matches(long, long)).toBe(false);
  expect(await check.matches('密'.repeat(85), '密'.repeat(85))).toBe(true);
  expect(await check.matches('密'.repeat(86), '密'.repeat(86))).toBe(false);
});

it('compares many at once and answers each', async () => {
  const check = createPasswordCheck(CHEAP);
  const candidates = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? 'right' : 'wrong'));
  const answers = await Promise.all(candidates.map((candidate) => check.matches('right', candidate)));
  expect(answers).toEqual(candidates.map((candidate) => candidate === 'right'));
});
