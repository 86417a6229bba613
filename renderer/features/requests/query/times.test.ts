import { expect, it } from 'vitest';
import { timeEnds } from './times.ts';

const NOW = new Date(2026, 10, 27, 12, 30).getTime();
const at = (text: string): number => new Date(text).getTime();
const BEGIN = at('2026-11-20T00:00');
const END = at('2026-11-21T00:00') - 1;
const MINUTE = at('2026-11-20T10:15');

it.each([
  ['2026-11-20', { least: BEGIN, most: END }],
  ['=2026-11-20', { least: BEGIN, most: END }],
  ['>2026-11-20', { least: END + 1 }],
  ['>=2026-11-20', { least: BEGIN }],
  ['<2026-11-20', { most: BEGIN - 1 }],
  ['<=2026-11-20', { most: END }],
  ['..2026-11-20', { most: END }],
  ['2026-11-20..2026-11-20', { least: BEGIN, most: END }],
  ['<=today', { most: at('2026-11-28T00:00') - 1 }],
  ['2026-11-20T10:15', { least: MINUTE, most: MINUTE + 59_999 }],
  ['<=2026-11-20T10:15', { most: MINUTE }],
  ['2026-11-20T10:15:00', { least: MINUTE, most: MINUTE + 999 }],
  ['2026-11-20T10:15:00.000', { least: MINUTE, most: MINUTE }],
  ['2026-11-20T10:15..2026-11-20T10:16', { least: MINUTE, most: MINUTE + 60_000 }],
  ['1h', { least: NOW - 3_600_000 }],
  ['>1h', { least: NOW - 3_600_000 + 1 }],
  ['<now', { most: NOW - 1 }],
  ['yesterdayish', undefined],
  ['2026-13-45', undefined],
])('%s', (text, ends) => expect(timeEnds(text, NOW)).toEqual(ends));
