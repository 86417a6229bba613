import { describe, expect, it } from 'vitest';
import { asSaid, say } from '../../../gateway/index.ts';
import { createSteppedClock } from '../../../gateway/testing/clock.ts';
import { testProvider, testStatus } from '../../testing/facts.ts';
import { noticeText } from './notice-text.ts';
import { createNotices, PATIENCE, type Notice } from './notices.ts';

function setup() {
  const clock = createSteppedClock();
  const told: Notice[] = [];
  const notices = createNotices(clock, (notice) => told.push(notice));
  return { clock, told, notices };
}
const good = testProvider('a');
const bad = testProvider('a', 'no_usable_key');
const unusable = { kind: 'provider-unusable', name: 'A' };
const recovered = { kind: 'provider-recovered', name: 'A' };

describe('a provider', () => {
  it('is reported when it stays unusable, and when it recovers', () => {
    const { clock, told, notices } = setup();
    notices.providers([good]);
    notices.providers([bad]);
    clock.step(PATIENCE - 1);
    expect(told).toEqual([]);
    clock.step(1);
    notices.providers([bad]);
    clock.step(10 * PATIENCE);
    expect(told).toEqual([unusable]);
    notices.providers([good]);
    expect(told).toEqual([unusable, recovered]);
  });

  it('that heals by itself is not reported at all', () => {
    const { clock, told, notices } = setup();
    for (let round = 0; round < 5; round += 1) {
      notices.providers([bad]);
      clock.step(PATIENCE - 1);
      notices.providers([good]);
    }
    clock.step(PATIENCE);
    expect(told).toEqual([]);
  });

  it('that was removed or turned off has not recovered', () => {
    for (const after of [[], [testProvider('a', null, false)]]) {
      const { clock, told, notices } = setup();
      notices.providers([bad]);
      clock.step(PATIENCE);
      notices.providers(after);
      expect(told).toEqual([unusable]);
    }
  });

  it('whose keys the user has not given or has turned off is not reported', () => {
    const { clock, told, notices } = setup();
    notices.providers([testProvider('a', 'no_key'), testProvider('b', 'all_keys_disabled')]);
    clock.step(PATIENCE);
    expect(told).toEqual([]);
  });
});

describe('a condition of the gateway', () => {
  const secrets = {
    code: 'secrets_unavailable',
    message: 'The keychain is locked.',
    told: asSaid('The keychain is locked.'),
  } as const;

  it('is reported each time it appears', () => {
    const { told, notices } = setup();
    notices.status(testStatus());
    notices.status(testStatus({ problems: [secrets] }));
    notices.status(testStatus({ problems: [secrets] }));
    notices.status(testStatus());
    notices.status(
      testStatus({ problems: [secrets, { code: 'config_warning', message: 'x', told: asSaid('x') }] }),
    );
    const notice = { kind: 'secrets-unavailable', told: asSaid('The keychain is locked.') };
    expect(told).toEqual([notice, notice]);
  });

  it('leads to the page where something can be done', () => {
    const told = say('port-taken', { port: 8_000 });
    expect(noticeText({ kind: 'address-taken', told }, 'en')).toEqual({
      title: 'The configured address cannot be used',
      body: 'Port 8000 is taken by another program.',
      page: 'settings/gateway',
    });
    expect(noticeText({ kind: 'update-ready', version: '2.0.0' }, 'en')).toMatchObject({
      page: 'settings/about',
    });
    expect(noticeText({ kind: 'provider-unusable', name: 'OpenAI' }, 'en')).toMatchObject({
      title: 'OpenAI has no usable key',
      page: 'providers',
    });
  });
});
