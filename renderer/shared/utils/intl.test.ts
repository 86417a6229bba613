import { afterEach, expect, it, vi } from 'vitest';
import { momentFormat, numberFormat } from './intl.ts';

afterEach(() => void vi.unstubAllEnvs());

it('makes a format once for each language and form', () => {
  const two = { minimumFractionDigits: 2 };
  expect(numberFormat('en', two)).toBe(numberFormat('en', { ...two }));
  expect(numberFormat('en', two).format(1_234.5)).toBe('1,234.50');
  expect(numberFormat('de', two).format(1_234.5)).toBe('1.234,50');
  expect(numberFormat('en').format(1_234.5)).toBe('1,234.5');
});

it('tells the time of where the user is now', () => {
  const clock = (): string =>
    momentFormat('en', { timeStyle: 'short', hourCycle: 'h23' }).format(Date.UTC(2026, 10, 26, 12));
  vi.stubEnv('TZ', 'UTC');
  expect(clock()).toBe('12:00');
  vi.stubEnv('TZ', 'Asia/Shanghai');
  expect(clock()).toBe('20:00');
});
