/** Which proxy a request takes, if any. Pure. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { remark } from '../../contract/rpc/remarks/remark.ts';

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
  const found = read(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') || read('ALL_PROXY');
  if (found === '' || isListed(url, read('NO_PROXY').split(/[\s,]+/))) return undefined;
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(found) ? found : `http://${found}`;
}

function isListed(url: URL, entries: readonly string[]): boolean {
  if (entries.length === 0) return false;
  const host = url.hostname.toLowerCase().replace(/^\[|\]$/g, '');
  const port = String(portOf(url));
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

/** The port of an http or https address, written or implied. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

const USABLE = 'http://proxy.example:3128';

/** What is wrong with a proxy's address, without showing any of it; undefined when it can be used. */
export function proxyProblem(address: string): Told | undefined {
  if (!URL.canParse(address)) return remark('proxy-unread', { example: USABLE });
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return remark('proxy-scheme', { example: USABLE });
  }
  try {
    proxyAuthorization(url);
    return undefined;
  } catch {
    return remark('proxy-percent');
  }
}

/**
 * The value of `proxy-authorization` for the user name and password in a proxy's address, if it has any.
 * @throws URIError when they are not percent-encoded as addresses must be
 */
export function proxyAuthorization(proxy: URL): string | undefined {
  if (proxy.username === '' && proxy.password === '') return undefined;
  const credential = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return `Basic ${Buffer.from(credential).toString('base64')}`;
}
