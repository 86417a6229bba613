import { describe, expect, it } from 'vitest';
import { createAddressCheck } from './address-list.ts';

const LISTED = ['192.168.1.7', '10.0.0.0/8', 'fd00::/8', ' ::1 '];

describe('allowed addresses', () => {
  it.each([
    ['192.168.1.7', true],
    ['192.168.1.8', false],
    ['10.255.0.1', true],
    ['11.0.0.1', false],
    ['::ffff:10.0.0.1', true],
    ['::FFFF:11.0.0.1', false],
    ['fd12::1', true],
    ['fd12::1%eth0', true],
    ['fe80::1', false],
    ['::1', true],
    ['', false],
    ['10.0.0.1.evil', false],
  ])('%s: %s', (address, expected) => {
    expect(createAddressCheck()(LISTED, address)).toBe(expected);
  });

  it.each(['10.0.0.0/33', '10.0.0.0/8/8', '10.0.0/8', 'fd00::/129', 'home', '', '10.0.0.0/', '10.0.0.0/-1'])(
    'names the entry %j that it cannot read',
    (entry) => {
      const check = createAddressCheck();
      expect(() => check([...LISTED, entry], '10.0.0.1')).toThrow(JSON.stringify(entry));
    },
  );
});
