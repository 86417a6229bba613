import { expect, it } from 'vitest';
import { readAddress, writeAddress } from './address.ts';

it.each([
  [{}, ''],
  [{ q: ' is:failed hello ' }, 'is:failed hello'],
  [{ q: ['a', 'b'] }, ''],
  [{ show: 'failed' }, 'is:failed'],
  [{ show: 'failover', provider: 'groq' }, 'is:retried provider:groq'],
  [{ app: 'Claude Code', q: 'x' }, 'app:"Claude Code" x'],
  [{ show: 'nonsense' }, ''],
])('%j reads as %s', (query, text) => expect(readAddress(query)).toBe(text));

it.each([
  ['', {}, {}],
  ['is:failed', {}, { q: 'is:failed' }],
  ['is:failed', { tab: 'events', show: 'failed', compare: 'a,b' }, { q: 'is:failed', tab: 'events' }],
])('%s beside %j is written as %j', (text, rest, query) => expect(writeAddress(text, rest)).toEqual(query));
