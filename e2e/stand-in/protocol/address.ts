/**
 * Addresses of an own scheme, as the app knows them, and as Chromium loads them: `app://switchyard/x` is
 * `http://switchyard.localhost/x`. Both are secure origins of their own, alike over restarts.
 */

const SUFFIX = '.localhost';

/** @param schemes that the app handles itself; any other address stays as it is */
export function toWeb(address: string, schemes: readonly string[]): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(address);
  const [, scheme = '', host = '', rest = ''] = match ?? [];
  return schemes.includes(scheme.toLowerCase()) ? `http://${host}${SUFFIX}${rest}` : address;
}

/** The way back. @param schemes of which the first one is meant */
export function fromWeb(address: string, schemes: readonly string[]): string {
  const [scheme] = schemes;
  const match = /^http:\/\/([^/?#:]*)\.localhost(.*)$/is.exec(address);
  const [, host = '', rest = ''] = match ?? [];
  return scheme === undefined || host === '' ? address : `${scheme}://${host}${rest}`;
}
