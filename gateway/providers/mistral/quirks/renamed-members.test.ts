import type { Warn } from '../../../core/canonical/request.ts';
import { expect, test } from 'vitest';
import { renamedMembers } from './renamed-members.ts';

const unexpected: Warn = ({ text }) => expect.fail(text);

const apply = (body: Readonly<Record<string, unknown>>) =>
  renamedMembers.request(body, 'mistral-large-latest', unexpected);

test.each([
  [{ seed: 7 }, { random_seed: 7 }],
  [
    { max_completion_tokens: 100, seed: 0 },
    { max_tokens: 100, random_seed: 0 },
  ],
  [{ max_completion_tokens: 100, max_tokens: 50 }, { max_tokens: 50 }],
])('%j becomes %j', (body, expected) => expect(apply(body)).toEqual(expected));

test('a body without them stays the very same', () => {
  const body = { random_seed: 1 };
  expect(apply(body)).toBe(body);
});
