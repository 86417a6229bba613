/** Which proxy a request takes, if any. Pure. */

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * @param proxy `none`, `system`, or the address of a proxy
 * @param noProxy hosts reached directly: `name`, `.suffix`, `*`, `name:port`
 * @param environment read for `system`: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY, in either case
 * @returns the proxy's address; undefined for a direct connection
 */
export function chooseProxy(
  url: URL,
  proxy: string,
  noProxy: readonly string[],
  environment: Environment,
): string | undefined {
  if (proxy === 'none' || proxy === '' || isListed(url, noProxy)) return undefined;
  if (proxy !== 'system') return proxy;
  const read = (name: string): string => environment[name.toLowerCase()] ?? environment[name] ?? '';
  if (isListed(url, read('NO_PROXY').split(/[\s,]+/))) return undefined;
  const found = read(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') || read('ALL_PROXY');
  if (found === '') return undefined;
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(found) ? found : `http://${found}`;
}

function isListed(url: URL, entries: readonly string[]): boolean {
  const host = url.hostname.toLowerCase().replace(/^\[|\]$/g, '');
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return entries.some((raw) => {
    const entry = raw.trim().toLowerCase();
    if (entry === '') return false;
    if (entry === '*') return true;
    const [, name = entry, wanted] = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(entry) ?? [];
    if (wanted !== undefined && wanted !== port) return false;
    const bare = name.replace(/^\[|\]$/g, '').replace(/^\*(?=\.)/, '');
    // `.example.com` and `example.com` both cover what lies below them, as curl and Go read them.
    return bare.startsWith('.')
      ? host === bare.slice(1) || host.endsWith(bare)
      : host === bare || host.endsWith(`.${bare}`);
  });
}

/** A proxy's address without what could be a password, for messages. */
export function proxyName(proxy: string): string {
  return URL.canParse(proxy) ? new URL(proxy).host : 'the proxy';
}
