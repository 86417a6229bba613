import { expect, it } from 'vitest';
import { codesOf, toldGaps } from '../../../../gateway/testing/told-gaps.ts';
import en from '../../../../resources/locales/en.json' with { type: 'json' };
import zh from '../../../../resources/locales/zh-CN.json' with { type: 'json' };
import { reasonOf, UpdateFailure } from './update-failure.ts';

const coded = (code: string): Error => Object.assign(new Error(`${code} get.example`), { code });

it.each([
  [new TypeError('fetch failed', { cause: coded('ENOTFOUND') }), 'host-unknown', 'ENOTFOUND get.example'],
  [
    new TypeError('fetch failed', { cause: coded('ECONNREFUSED') }),
    'not-connected',
    'ECONNREFUSED get.example',
  ],
  [new Error('net::ERR_NAME_NOT_RESOLVED'), 'host-unknown', 'net::ERR_NAME_NOT_RESOLVED'],
  [new Error('net::ERR_INTERNET_DISCONNECTED'), 'no-network', 'net::ERR_INTERNET_DISCONNECTED'],
  [coded('ENOSPC'), 'disk-full', 'ENOSPC get.example'],
  [new Error('net::ERR_constructor'), 'as-said', 'net::ERR_constructor'],
  [new TypeError('fetch failed', { cause: new Error('') }), 'as-said', 'fetch failed'],
  ['a text', 'as-said', 'a text'],
])('the reason of %s is %s', (error, code, text) => {
  const told = reasonOf(error);
  expect(told).toMatchObject({ code, text });
  expect(toldGaps([en, zh], told)).toEqual([]);
});

it('a failure is a sentence for logs, and data with words in both languages for pages', () => {
  const failure = new UpdateFailure('update-not-asked', { host: 'a.example' }, reasonOf(coded('ENOTFOUND')));
  expect(failure.message).toBe('a.example could not be asked: ENOTFOUND get.example.');
  expect(reasonOf(failure)).toBe(failure.told);
  expect(codesOf(failure.told)).toEqual(['update-not-asked', 'host-unknown']);
  expect(toldGaps([en, zh], failure.told)).toEqual([]);
});
