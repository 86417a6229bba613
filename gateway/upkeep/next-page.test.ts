import { expect, test } from 'vitest';
import { nextPage } from './next-page.ts';

const bytes = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

test.each([
  [
    'https://a.example/v1/models?limit=1000',
    { data: [], has_more: true, last_id: 'claude-x' },
    'after_id=claude-x',
  ],
  [
    'https://g.example/v1beta/models?pageSize=1000',
    { models: [], nextPageToken: 'a b&c' },
    'pageToken=a+b%26c',
  ],
])('%s goes on', (first, answer, query) => expect(nextPage(first, bytes(answer))).toBe(`${first}&${query}`));

test.each([
  ['the last page', { data: [], has_more: false, last_id: 'x' }],
  ['a page without a name to go on from', { data: [], has_more: true, last_id: null }],
  ['an empty token', { models: [], nextPageToken: '' }],
  ['an address of its own choice', { data: [], next: 'https://evil.example/', links: { next: '/v2' } }],
  ['a bare list', []],
])('%s is followed by none', (_case, answer) =>
  expect(nextPage('https://a.example/v1/models', bytes(answer))).toBeNull(),
);

test('what is no JSON is followed by none', () =>
  expect(nextPage('https://a.example/v1/models', Buffer.from('<html>'))).toBeNull());
