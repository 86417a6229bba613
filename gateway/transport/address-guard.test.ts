import { describe, expect, it } from 'vitest';
import { addressKind, checkLiteral, guardedLookup } from './address-guard.ts';

describe('addressKind', () => {
  it.each([
    ['8.8.8.8', 'public'],
    ['2606:4700::1111', 'public'],
    ['127.0.0.1', 'private'],
    ['127.9.9.9', 'private'],
    ['10.1.2.3', 'private'],
    ['172.16.0.1', 'private'],
    ['172.32.0.1', 'public'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'private'],
    ['::1', 'private'],
    ['fd12::1', 'private'],
    ['169.254.169.254', 'never'],
    ['fe80::1', 'never'],
    ['fe80::1%eth0', 'never'],
    ['fd00:ec2::254', 'never'],
    ['0.0.0.0', 'never'],
    ['::', 'never'],
    ['224.0.0.1', 'never'],
    ['255.255.255.255', 'never'],
    ['::ffff:127.0.0.1', 'private'],
    ['::ffff:7f00:1', 'private'],
    ['::ffff:169.254.169.254', 'never'],
    ['::ffff:a9fe:a9fe', 'never'],
    ['0:0:0:0:0:ffff:7f00:1', 'private'],
    ['64:ff9b::a9fe:a9fe', 'never'],
    ['::ffff:8.8.8.8', 'public'],
    ['::127.0.0.1', 'private'],
    ['::ffff:0:127.0.0.1', 'private'],
    ['2002:a9fe:a9fe::1', 'never'],
    ['2002:808:808::1', 'public'],
    ['64:ff9b::8.8.8.8', 'public'],
    ['fec0::1', 'private'],
    ['2001:db8::7f00:1', 'public'],
    ['192.0.0.192', 'never'],
    ['192.0.1.1', 'public'],
    ['168.63.129.16', 'never'],
    ['168.63.129.17', 'public'],
    ['100.100.100.200', 'never'],
    ['100.100.100.100', 'private'],
    ['fd20:ce::254', 'never'],
    ['::ffff:168.63.129.16', 'never'],
    ['64:ff9b:1::a9fe:a9fe', 'private'],
    ['64:ff9b:1:a9fe:a9:fe00::', 'private'],
    ['64:ff9b:2::1', 'public'],
  ])('%s is %s', (address, kind) => {
    expect(addressKind(address)).toBe(kind);
  });
});

describe('literal hosts, after the URL parser has folded their forms', () => {
  it.each(['2130706433', '0x7f.1', '127.1', '①②⑦.0.0.1', '[::ffff:7f00:1]', '017700000001'])('%s', (host) => {
    const { hostname } = new URL(`http://${host}/v1`);
    expect(() => checkLiteral(hostname, false)).toThrow(/allow_private_network/);
    expect(() => checkLiteral(hostname, true)).not.toThrow();
  });

  it.each(['169.254.169.254', '0.0.0.0', '[fe80::1]'])(
    '%s is refused even where private addresses are allowed',
    (host) => {
      expect(() => checkLiteral(new URL(`http://${host}/`).hostname, true)).toThrow(/never dialled/);
    },
  );
});

describe('names', () => {
  const look = (addresses: readonly string[], allowPrivate = false) =>
    new Promise<string>((resolve) => {
      const lookup = guardedLookup(allowPrivate, () =>
        Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))),
      );
      lookup('name.example', { all: true }, (error, found) =>
        resolve(error?.message ?? JSON.stringify(found)),
      );
    });

  it('hands on the checked address', async () => {
    expect(await look(['93.184.216.34'])).toContain('93.184.216.34');
    expect(await look(['127.0.0.1'], true)).toContain('127.0.0.1');
  });

  it('refuses a name with one bad address among good ones', async () => {
    expect(await look(['93.184.216.34', '10.0.0.1'])).toContain('name.example (10.0.0.1)');
    expect(await look(['169.254.169.254'], true)).toContain('never dialled');
  });
});
