/**
 * Which Host headers name this gateway, and which web origins are its own. Pure.
 *
 * DNS rebinding makes a stranger's name resolve to our address, so that the browser takes the stranger's
 * page and the gateway for one origin. The Host header then still holds the stranger's name: comparing it
 * with an exact list is the defence. An address written as numbers, or `localhost`, cannot be rebound.
 */
import { isIP, isIPv6 } from 'node:net';
import type { HttpSettings } from '../settings.ts';

/** A name and an optional port, or an address; nothing that could hide another host, such as `x@`. */
const HOST_FORM = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/;

export type HostVerdict =
  /** `proven`: no stranger's page can have this Host, because it is listed or cannot be rebound. */
  | { readonly ok: true; readonly host: string; readonly proven: boolean }
  /** The sentence is for a person and quotes at most 100 characters of what came. */
  | { readonly ok: false; readonly reason: string };

/** Host headers of a gateway on a loopback address, without anything configured. */
export function ownHosts(port: number): readonly string[] {
  const names = ['127.0.0.1', 'localhost', '[::1]'];
  const withPort = names.map((name) => `${name}:${port}`);
  // Clients leave the default port of http out.
  return port === 80 ? [...withPort, ...names] : withPort;
}

/** The part behind the scheme of an absolute-form target, undefined for `/path` and `*`. */
export function authorityOf(target: string): string | undefined {
  if (target.startsWith('/') || target === '*') return undefined;
  return /^https?:\/\/([^/?#]*)/i.exec(target)?.[1]?.toLowerCase() ?? target;
}

/**
 * @param hosts every Host header as sent; a proxy in front may have read another one than we do
 * @param target the request line's target; in absolute form it must name the same host (RFC 9112, 3.2.2)
 */
export function judgeHost(hosts: readonly string[], target: string, settings: HttpSettings): HostVerdict {
  const [first, ...others] = hosts;
  if (first === undefined) return refuse('The request has no Host header; exactly one is needed.');
  if (others.length > 0) {
    return refuse(`The request has ${hosts.length} Host headers; exactly one is allowed.`);
  }
  const host = first.toLowerCase();
  if (!HOST_FORM.test(host)) return refuse(`The Host header ${quote(first)} is not a name or address.`);
  const authority = authorityOf(target);
  if (authority !== undefined && authority !== host) {
    return refuse(`The request line names ${quote(authority)} and the Host header ${quote(first)}.`);
  }
  if (isListed(host, settings.allowedHosts)) return { ok: true, host, proven: true };
  if (settings.loopback) {
    const own = ownHosts(settings.port);
    if (own.includes(host)) return { ok: true, host, proven: true };
    return refuse(
      `The Host ${quote(first)} is not this gateway. Use ${own.slice(0, 3).join(', ')}, or add the name to server.allowed_hosts.`,
    );
  }
  if (settings.allowedHosts.length > 0) {
    return refuse(`The Host ${quote(first)} is not in server.allowed_hosts.`);
  }
  return { ok: true, host, proven: cannotBeRebound(host) };
}

/**
 * May a page of this origin call? Own origins are those the browser shows for our own pages.
 *
 * Beyond loopback and without `allowed_hosts` any Host is taken, so `Origin: http://<Host>` holds for a
 * rebound stranger's page too. Such a page has neither our cookie (bound to the name) nor a client key;
 * so a name nobody listed is good enough where one of them is demanded, and not where the data plane is
 * open to all.
 */
export function isOwnOrigin(
  origin: string,
  host: { readonly host: string; readonly proven: boolean },
  settings: HttpSettings,
  credentialDemanded: boolean,
): boolean {
  if (settings.loopback && ownHosts(settings.port).some((own) => origin === `http://${own}`)) return true;
  const same = origin === `http://${host.host}` || origin === `https://${host.host}`;
  return same && (host.proven || credentialDemanded);
}

/** Origins of strangers that the user named. `null` is every sandboxed page there is, so it cannot be named. */
export function isListedOrigin(origin: string, settings: HttpSettings): boolean {
  if (origin === 'null') return false;
  return settings.allowedOrigins.some((entry) => entry.toLowerCase().replace(/\/$/, '') === origin);
}

function isListed(host: string, entries: readonly string[]): boolean {
  return entries.some((entry) => {
    const listed = isIPv6(entry) ? `[${entry.toLowerCase()}]` : entry.toLowerCase();
    // An entry without a port stands for the name: published ports and proxies change the number.
    return listed === host || listed === withoutPort(host);
  });
}

function cannotBeRebound(host: string): boolean {
  const name = withoutPort(host);
  return name === 'localhost' || isIP(name.replace(/^\[|\]$/g, '')) !== 0;
}

const withoutPort = (host: string): string => host.replace(/:\d+$/, '');
const quote = (text: string): string => JSON.stringify(text.slice(0, 100));
const refuse = (reason: string): HostVerdict => ({ ok: false, reason });
