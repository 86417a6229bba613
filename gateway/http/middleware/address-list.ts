/** Addresses and CIDR ranges that may connect (`server.allowed_ips`). */
import { BlockList, isIP } from 'node:net';
import { GatewayError } from '../../core/errors.ts';

/** @throws GatewayError `internal_error` naming an entry that cannot be read: a typing error closes the door */
export type AddressCheck = (entries: readonly string[], address: string) => boolean;

/**
 * Tells whether an address is listed by entries such as `192.168.1.7`, `10.0.0.0/8` or `fd00::/8`. IPv4
 * inside IPv6 (`::ffff:10.0.0.1`) counts as IPv4.
 */
export function createAddressCheck(): AddressCheck {
  // Keyed by the list itself: a changed configuration brings a new list.
  const lists = new WeakMap<readonly string[], BlockList>();

  return (entries, address) => {
    const list = lists.get(entries) ?? listOf(entries);
    lists.set(entries, list);
    const plain = fold(address);
    const family = familyOf(plain);
    return family !== undefined && list.check(plain, family);
  };
}

function listOf(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) addEntry(list, entry.trim());
  return list;
}

function addEntry(list: BlockList, entry: string): void {
  const [address = '', prefix, ...rest] = entry.split('/');
  const family = familyOf(address);
  const longest = family === 'ipv4' ? 32 : 128;
  if (family === undefined || rest.length > 0) throw badEntry(entry);
  if (prefix === undefined) return list.addAddress(address, family);
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > longest) throw badEntry(entry);
  list.addSubnet(address, Number(prefix), family);
}

const familyOf = (address: string): 'ipv4' | 'ipv6' | undefined => {
  const version = isIP(address);
  if (version === 0) return undefined;
  return version === 4 ? 'ipv4' : 'ipv6';
};

/** A dual-stack socket shows IPv4 peers as `::ffff:a.b.c.d`, link-local ones with `%interface`. */
const fold = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');

const badEntry = (entry: string): GatewayError =>
  new GatewayError(
    'internal_error',
    `server.allowed_ips has ${JSON.stringify(entry.slice(0, 100))}, which is neither an address nor a range such as 10.0.0.0/8; nobody is let in until it is corrected.`,
  );
