import { expect, test } from 'vitest';
import { unknownMembers } from './unknown-members.ts';

test('what Mistral does not know is left out; what loses nothing is not told', () => {
  const told: string[] = [];
  const body = { stream: true, stream_options: { include_usage: true }, user: 'ann', store: false };
  expect(unknownMembers.request(body, 'mistral-large-latest', ({ text }) => told.push(text))).toEqual({
    stream: true,
  });
  expect(told).toEqual(['user is not taken by Mistral and was left out.']);
});

test('bodies of clients are looked at where they hold such a member', () => {
  expect(unknownMembers.relayedWith).toContain('"stream_options"');
});
