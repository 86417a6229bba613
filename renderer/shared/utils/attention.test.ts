import { describe, expect, it } from 'vitest';
import { sampleKey, sampleProvider } from '../../testing/samples.ts';
import { attentionsOf } from './attention.ts';

describe('what needs the user', () => {
  const codes = (
    changes: Parameters<typeof sampleProvider>[0],
    failing: readonly string[] = [],
  ): readonly string[] => attentionsOf([sampleProvider(changes)], new Set(failing)).map(({ code }) => code);

  it.each([
    ['nothing', {}, []],
    ['a key', { problem: 'no_key', keys: [] }, ['no_key']],
    ['nothing of what is off', { enabled: false, problem: 'no_key', keys: [] }, []],
    ['a key that is on', { problem: 'all_keys_disabled' }, ['keys_off']],
    ['a store that can be read', { keys: [sampleKey({ state: 'unavailable' })] }, ['keys_unreadable']],
    ['a better key', { keys: [sampleKey({ state: 'cooling', reason: 'key_rejected' })] }, ['key_rejected']],
    ['credit', { keys: [sampleKey({ state: 'cooling', reason: 'credit_exhausted' })] }, ['no_credit']],
    ['time alone', { keys: [sampleKey({ state: 'cooling', reason: 'rate_limited' })] }, []],
  ] as const)('is %s', (_name, changes, expected) => expect(codes(changes)).toEqual(expected));

  it('is a provider of which every request fails, where nothing else says why', () => {
    expect(codes({ id: 'xai' }, ['xai'])).toEqual(['failing']);
    expect(codes({ id: 'xai' }, ['openai'])).toEqual([]);
    expect(codes({ id: 'xai', enabled: false }, ['xai'])).toEqual([]);
    expect(codes({ id: 'xai', problem: 'no_key', keys: [] }, ['xai'])).toEqual(['no_key']);
    const keys = [sampleKey({ state: 'cooling', reason: 'rate_limited' })];
    expect(codes({ id: 'xai', keys }, ['xai'])).toEqual([]);
  });
});
