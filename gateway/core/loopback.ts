/**
 * True for a name or address that only this machine reaches.
 * @param host as in a bind address or URL, IPv6 with or without brackets
 */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  return name === 'localhost' || name === '::1' || /^127(?:\.\d{1,3}){3}$/.test(name);
}
