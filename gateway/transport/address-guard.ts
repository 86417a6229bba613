/**
 * Which addresses may be dialled (SSRF): link-local and metadata never, private ones only where the user
 * said so. The address that is checked is the one that is dialled.
 */
import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Resolves a name to all its addresses. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

/** A name or address that must not be dialled. The message is for the user. */
export class AddressRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AddressRefused';
  }
}

const never = new BlockList();
never.addSubnet('169.254.0.0', 16);
never.addSubnet('0.0.0.0', 8);
never.addSubnet('224.0.0.0', 3);
never.addSubnet('fe80::', 10, 'ipv6');
never.addSubnet('ff00::', 8, 'ipv6');
never.addAddress('::', 'ipv6');
never.addAddress('fd00:ec2::254', 'ipv6');

const privately = new BlockList();
privately.addSubnet('127.0.0.0', 8);
privately.addSubnet('10.0.0.0', 8);
privately.addSubnet('172.16.0.0', 12);
privately.addSubnet('192.168.0.0', 16);
privately.addSubnet('100.64.0.0', 10);
privately.addSubnet('198.18.0.0', 15);
privately.addAddress('::1', 'ipv6');
privately.addSubnet('fc00::', 7, 'ipv6');

export type AddressKind = 'public' | 'private' | 'never';

/** @param address a literal IPv4 or IPv6 address; IPv4 in IPv6 clothes counts as IPv4 */
export function addressKind(address: string): AddressKind {
  const plain = unmapped(address);
  const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
  if (never.check(plain, family)) return 'never';
  return privately.check(plain, family) ? 'private' : 'public';
}

/** `::ffff:127.0.0.1`, `::ffff:7f00:1`, `64:ff9b::7f00:1` are 127.0.0.1. */
function unmapped(address: string): string {
  const bare = address.replace(/%.*$/, '').toLowerCase();
  const mapped =
    /^(?:(?:0{0,4}:){2,5}(?:0{0,4}|ffff(?::0{1,4})?)|64:ff9b:):?(?:((?:\d+\.){3}\d+)|([\da-f]{1,4}):([\da-f]{1,4}))$/.exec(
      bare,
    );
  if (mapped === null || bare === '::1') return bare;
  if (mapped[1] !== undefined) return mapped[1];
  const high = Number.parseInt(mapped[2] ?? '0', 16);
  const low = Number.parseInt(mapped[3] ?? '0', 16);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/**
 * Judges a host and one address it stands for.
 * @throws AddressRefused
 */
export function checkAddress(host: string, address: string, allowPrivate: boolean): void {
  const kind = addressKind(address);
  const what = host === address ? host : `${host} (${address})`;
  if (kind === 'never') {
    throw new AddressRefused(`${what} is a link-local, metadata or unusable address, which is never dialled`);
  }
  if (kind === 'private' && !allowPrivate) {
    throw new AddressRefused(
      `${what} is a private address; set allow_private_network: true for this provider if it is meant`,
    );
  }
}

/** A host as it stands in a URL: literal addresses are checked here, because they are never looked up. */
export function checkLiteral(hostname: string, allowPrivate: boolean): void {
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0) checkAddress(bare, bare, allowPrivate);
}

/** A `lookup` for sockets that lets only checked addresses through; one bad address spoils the name. */
export function guardedLookup(allowPrivate: boolean, resolve: Resolve = resolveBySystem): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        try {
          for (const { address } of addresses) checkAddress(hostname, address, allowPrivate);
        } catch (error) {
          return callback(error instanceof Error ? error : new Error(String(error)), '');
        }
        if (first === undefined) return callback(new Error(`${hostname} has no address`), '');
        if (options.all === true) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), ''),
    );
  };
}

const resolveBySystem: Resolve = (hostname) =>
  new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true }, (error, addresses) => {
      if (error === null) resolve(addresses);
      else reject(error);
    });
  });
