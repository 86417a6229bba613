import { expect, it } from 'vitest';
import { FAULTS } from '../../contract/rpc/faults.ts';
import { parse } from '../testing/parse-text.ts';
import { toldFault } from './told-faults.ts';
import { validate } from './validate.ts';

it('what is wrong in a file has a code', () => {
  const judged = validate({
    servr: {},
    server: { prt: 1, port: 'x' },
    providers: [{ id: 'a b', base_url: 'ftp://x' }, { id: 'c', base_url: 'https://u@x' }, 'd'],
    clients: 'none',
  });
  const faults = judged.ok ? [] : judged.faults.map(({ message }) => message);
  expect(faults.length).toBeGreaterThan(4);
  expect(faults.filter((fault) => toldFault(fault) === undefined)).toEqual([]);
});

it.each([
  ['a number of at most 100000 is allowed', { code: 'most', values: { limit: '100000' } }],
  [
    'one of debug, info is needed (also trace, warning)',
    { code: 'one-of', values: { values: 'debug, info' } },
  ],
  [
    'a duration from 1h to 90d is needed, such as 24h or 7d, or 0s for never',
    { code: 'duration-or-never', values: { least: '1h', most: '90d' } },
  ],
])('%s', (text, told) => expect(toldFault(text)).toEqual({ ...told, text }));

it('secrets in clear text are told with their places, and how many more there are', () => {
  const key = (name: string): string => `{ id: ${name}, value: sk-clear-${name} }`;
  const file = (...names: readonly string[]): string =>
    `providers: [{ id: openai, keys: [${names.map(key).join(', ')}] }]`;
  const told = (text: string) => parse(text).warnings.map((warning) => toldFault(warning));
  expect(told(file('a'))).toMatchObject([
    { code: 'clear-secrets', values: { paths: 'providers[0].keys[0].value' } },
  ]);
  expect(told(file('a', 'b', 'c', 'd', 'e', 'f', 'g'))).toMatchObject([
    { code: 'clear-secrets-more', values: { count: '2' } },
  ]);
});

it('leaves what it does not know as it is', () => {
  expect(toldFault('of tomorrow')).toBeUndefined();
  expect(FAULTS.length).toBe(new Set(FAULTS).size);
});
