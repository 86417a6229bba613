/** The address at which a logged request was asked. Pure. */

/**
 * A row may say anything for a path, as it may have come from a file: whatever it is, the host stays the gateway.
 * @param address of the gateway, without a path
 */
export function wholeAddress(path: string, address: string): URL {
  const url = new URL(address);
  const query = path.indexOf('?');
  url.pathname = query === -1 ? path : path.slice(0, query);
  url.search = query === -1 ? '' : path.slice(query);
  return url;
}
