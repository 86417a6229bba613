import { describe, expect, it } from 'vitest';
import { SETTING_PATHS, type SettingValue } from '../../contract/rpc/procedures/settings.ts';
import { asWritten, durationText, faultOf, sizeText } from './settings-text.ts';

it.each([
  [0, '0ms'],
  [1, '1ms'],
  [1_500, '1500ms'],
  [30_000, '30s'],
  [90_000, '90s'],
  [1_800_000, '30m'],
  [3_600_000, '1h'],
  [86_400_000, '24h'],
])('%d ms is written %s', (milliseconds, text) => expect(durationText(milliseconds)).toBe(text));

it.each([
  [1_000_000_000, '1GB'],
  [1_500_000_000, '1500MB'],
  [64_000, '64KB'],
  [999, 999],
])('%d bytes are written %s', (bytes, text) => expect(sizeText(bytes)).toBe(text));

it('leaves out the space around a key; what is literal in a file is for the edit to say', () => {
  expect(asWritten('server.api_key', ' sk-0123456-abc ')).toBe('sk-0123456-abc');
  expect(asWritten('network.proxy', 'http://${PROXY_HOST}:3128')).toBe('http://${PROXY_HOST}:3128');
});

describe('what a setting cannot have is refused with what is allowed', () => {
  it.each([
    ['server.port', 0, 'a port lies between 1 and 65535'],
    ['server.port', 70_000, 'a port lies between 0 and 65535'],
    ['server.port', '8000', 'a number is needed'],
    ['server.api_key', 'short', 'at least 12 characters are needed'],
    ['server.api_key', 'a key with spaces', 'a key has no spaces and no letters outside ASCII'],
    ['network.proxy', 'socks5://x', 'system, none, or the address of an HTTP proxy'],
    ['network.no_proxy', 'localhost', 'a list'],
    ['requests.bodies', 'all', 'one of full, metadata, off is needed'],
    ['requests.keep.days', 0, 'a number of at least 1 is needed'],
    ['requests.keep.size', 'big', 'a size such as 10MB or 1GB is needed'],
    ['routing.cooldown.base', '-1ms', 'a duration from 0s to 24h is needed'],
    ['backup.every', '30m', 'a duration from 1h to 90d is needed'],
    ['logging.level', 'loud', 'one of debug, info, warn, error is needed'],
  ] as const)('%s: %j', (path, value, sentence) => {
    expect(faultOf(path, value)?.text).toContain(sentence);
  });

  it('a list that every request would have to be compared with', () => {
    const hosts = Array.from({ length: 1_001 }, (_, index) => `host-${index}`);
    expect(faultOf('network.no_proxy', hosts)?.text).toContain('at most 1,000 entries are allowed');
    expect(faultOf('network.no_proxy', ['x'.repeat(1_001)])?.text).toContain('at most 1,000 characters');
    expect(faultOf('network.no_proxy', hosts.slice(1))).toBeNull();
  });

  it.each([
    ['server.port', 8_001],
    ['server.host', '0.0.0.0'],
    ['server.api_key', 'sk-0123456789'],
    ['network.proxy', 'none'],
    ['network.no_proxy', ['localhost', '.example.com']],
    ['routing.deadline', '30m'],
    ['requests.keep.size', '2GB'],
    ['logging.destination', 'both'],
    ['backup.every', '0ms'],
    ['backup.every', '168h'],
  ] as const)('%s can be %j', (path, value) => {
    expect(faultOf(path, typeof value === 'object' ? [...value] : value)).toBeNull();
  });
});

/** What a hand may type, and what a program may send. */
const WRONG: readonly SettingValue[] = [
  '',
  'two words',
  'nonsense!',
  '900h',
  'ftp://a b',
  'x'.repeat(5_000),
  -1,
  0,
  1.5,
  1e12,
  true,
  [],
  ['a b', ''],
  ['x'.repeat(2_000)],
  Array.from({ length: 3_000 }, (_, index) => `host-${index}`),
];

describe('each fault of a setting has a code', () => {
  it.each(SETTING_PATHS)('%s', (path) => {
    const faults = WRONG.flatMap((value) => faultOf(path, value) ?? []);
    expect(faults).not.toEqual([]);
    expect(faults.filter(({ code }) => code === 'as-said')).toEqual([]);
  });
});
