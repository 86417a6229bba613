import { expect, it } from 'vitest';
import { PAGE_NAMES } from '../../../contract/rpc/pages.ts';
import { readDeepLink } from './deep-link.ts';

it.each(PAGE_NAMES)('switchyard://open/%s opens the page', (page) => {
  expect(readDeepLink(`switchyard://open/${page}`)).toEqual({ kind: 'open', page });
});

it('may end with a slash, as browsers write it', () => {
  expect(readDeepLink('switchyard://open/requests/')).toEqual({ kind: 'open', page: 'requests' });
});

it.each([
  'switchyard://open/',
  'switchyard://open/login',
  'switchyard://open/__proto__',
  'switchyard://open/requests/1',
  'switchyard://open/requests?run=1',
  'switchyard://open/requests#x',
  'switchyard://user@open/requests',
  'switchyard://open:80/requests',
  'switchyard://import/key',
  'switchyard:open/requests',
  'https://open/requests',
  'app://switchyard/#/requests',
  '--data-dir',
  '/home/ada/switchyard',
  '',
  `switchyard://open/${'x'.repeat(5_000)}`,
])('%s opens nothing', (text) => expect(readDeepLink(text)).toBeNull());
