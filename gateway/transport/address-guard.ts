/**
 * Which addresses may be dialled (SSRF): link-local and metadata never, private ones only where the user
 * said so. The address that is checked is the one that is dialled.
 */
import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import { DialFailure } from './dial-failure.ts';

/** Resolves a name to all its addresses. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

/** A name or address that must not be dialled. The message is for the user. */
export class AddressRefused extends Error {
  readonly told: Told;

  constructor(told: Told) {
    super(told.text);
    this.name = 'AddressRefused';
    this.told = told;
  }
}

const NEVER = new BlockList();
NEVER.addSubnet('0.0.0.0', 8);
NEVER.addSubnet('169.254.0.0', 16);
// Assignments of protocols; clouds have metadata there, and at single addresses that look like any other.
NEVER.addSubnet('192.0.0.0', 24);
NEVER.addAddress('168.63.129.16');
NEVER.addAddress('100.100.100.200');
// Multicast, and above it what is reserved.
NEVER.addSubnet('224.0.0.0', 3);
NEVER.addAddress('::', 'ipv6');
NEVER.addSubnet('fe80::', 10, 'ipv6');
NEVER.addSubnet('ff00::', 8, 'ipv6');
// Instance metadata of EC2 and of Google, inside the unique local range.
NEVER.addAddress('fd00:ec2::254', 'ipv6');
NEVER.addAddress('fd20:ce::254', 'ipv6');

const PRIVATE = new BlockList();
PRIVATE.addSubnet('10.0.0.0', 8);
PRIVATE.addSubnet('100.64.0.0', 10);
PRIVATE.addSubnet('127.0.0.0', 8);
PRIVATE.addSubnet('172.16.0.0', 12);
PRIVATE.addSubnet('192.168.0.0', 16);
PRIVATE.addSubnet('198.18.0.0', 15);
PRIVATE.addAddress('::1', 'ipv6');
PRIVATE.addSubnet('fc00::', 7, 'ipv6');
PRIVATE.addSubnet('fec0::', 10, 'ipv6');
// NAT64 of one network (RFC 8215); where in it the IPv4 address stands only that network knows.
PRIVATE.addSubnet('64:ff9b:1::', 48, 'ipv6');

export type AddressKind = 'public' | 'private' | 'never';

/** @param address a literal IPv4 or IPv6 address; IPv4 in IPv6 clothes counts as IPv4 */
export function addressKind(address: string): AddressKind {
  // The zone of a link-local address (`%eth0`) is not part of what is compared.
  const bare = address.replace(/%.*$/, '');
  const plain = isIP(bare) === 6 ? (innerIpv4(bare) ?? bare) : bare;
  const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
  if (NEVER.check(plain, family)) return 'never';
  return PRIVATE.check(plain, family) ? 'private' : 'public';
}

/** First six groups of IPv6 forms that end in an IPv4 address: compatible, mapped, translated, NAT64. */
const IPV4_AT_THE_END = new Set(['0:0:0:0:0:0', '0:0:0:0:0:ffff', '0:0:0:0:ffff:0', '64:ff9b:0:0:0:0']);

/** The IPv4 address inside an IPv6 one, if there is one. */
function innerIpv4(address: string): string | undefined {
  const groups = groupsOf(address);
  const [first, second = '0', third = '0', , , , seventh = '0', eighth = '0'] = groups;
  if (first === '2002') return ipv4(second, third);
  if (!IPV4_AT_THE_END.has(groups.slice(0, 6).join(':'))) return undefined;
  // `::` and `::1` are addresses of their own.
  return first === '0' && groups[5] === '0' && seventh === '0' ? undefined : ipv4(seventh, eighth);
}

/** The eight groups of an IPv6 address, without leading zeros. */
function groupsOf(address: string): readonly string[] {
  // The URL parser brings every spelling into one, an IPv4 tail included.
  const { hostname } = new URL(`http://[${address}]/`);
  const [before = [], after = []] = hostname
    .slice(1, -1)
    .split('::')
    .map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after];
}

function ipv4(high: string, low: string): string {
  const [left, right] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [left >> 8, left & 255, right >> 8, right & 255].join('.');
}

/**
 * Judges a host and one address it stands for.
 * @throws AddressRefused
 */
export function checkAddress(host: string, address: string, allowPrivate: boolean): void {
  const kind = addressKind(address);
  const what = host === address ? host : `${host} (${address})`;
  if (kind === 'never') throw new AddressRefused(remark('address-never', { address: what }));
  if (kind === 'private' && !allowPrivate) {
    throw new AddressRefused(remark('address-private', { address: what }));
  }
}

/**
 * A host as it stands in a URL: literal addresses are checked here, because they are never looked up.
 * @throws AddressRefused
 */
export function checkLiteral(hostname: string, allowPrivate: boolean): void {
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0) checkAddress(bare, bare, allowPrivate);
}

/** A `lookup` for sockets that lets only checked addresses through; one bad address spoils the name. */
export function guardedLookup(allowPrivate: boolean, resolve: Resolve): LookupFunction {
  return lookupThrough(async (hostname) => {
    const addresses = await resolve(hostname);
    for (const { address } of addresses) checkAddress(hostname, address, allowPrivate);
    return addresses;
  });
}

/** `resolve` in the form in which sockets ask. */
export function lookupThrough(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined)
          callback(new DialFailure(remark('name-without-address', { host: hostname })), '');
        else if (options.all === true) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), ''),
    );
  };
}

/** Name resolution as the operating system does it, hosts file included. */
export const resolveBySystem: Resolve = (hostname) =>
  new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true }, (error, addresses) => {
      if (error === null) resolve(addresses);
      else reject(error);
    });
  });
