/** What the HTTP surface needs of the configuration, asked anew for every request so that changes apply at once. */
import { isIP, isIPv6 } from 'node:net';
import type { ClientConfig, Config } from '../../contract/config/schema.ts';
import { isLoopbackHost } from '../core/loopback.ts';
import type { Place } from './listener.ts';
import { ownHosts } from './middleware/host.ts';

export interface HttpSettings {
  /** True when only loopback addresses are bound; the browser's neighbours are then the only strangers. */
  readonly loopback: boolean;
  /** The port that is really bound. */
  readonly port: number;
  /**
   * Further names of this gateway: `name` (any port) or `name:port`, as `server.allowed_hosts` has them; with its own
   * addresses, unless it is empty.
   */
  readonly allowedHosts: readonly string[];
  /** Origins of other web pages that may call the data plane, as `server.allowed_origins` has them. */
  readonly allowedOrigins: readonly string[];
  /** Addresses or CIDR ranges that may connect; empty: all. */
  readonly allowedIps: readonly string[];
  /** Serve the data plane beyond this machine although no client key is configured. */
  readonly allowUnauthenticated: boolean;
  /** Every client with its key, `server.api_key` among them as client `default`. Keys are never empty. */
  readonly clients: readonly ClientConfig[];
}

/**
 * The settings of the moment, made once per configuration and place, so that what depends on them can be kept as long.
 * @param place what is really bound: that decides who is let in, not what the configuration would like; null for nothing
 */
export function followSettings(config: () => Config, place: () => Place | null): () => HttpSettings {
  let made: { readonly of: Config; readonly at: string; readonly settings: HttpSettings } | undefined;
  return () => {
    const of = config();
    const { host, port } = place() ?? of.server;
    const at = `${host}:${port}`;
    if (made?.of !== of || made.at !== at) made = { of, at, settings: httpSettingsOf(of, { host, port }) };
    return made.settings;
  };
}

function httpSettingsOf({ server, clients }: Config, { host, port }: Place): HttpSettings {
  const own = server.api_key === '' ? [] : [{ id: 'default', key: server.api_key }];
  return {
    loopback: isLoopbackHost(host),
    port,
    allowedHosts: namesOf(server.allowed_hosts, { host, port }),
    allowedOrigins: server.allowed_origins,
    allowedIps: server.allowed_ips,
    allowUnauthenticated: server.allow_unauthenticated,
    clients: [...own, ...clients],
  };
}

/** Where names are listed this machine still gets in: its commands and tools use these, and none can be rebound. */
function namesOf(listed: readonly string[], { host, port }: Place): readonly string[] {
  if (listed.length === 0) return listed;
  const everywhere = host === '0.0.0.0' || host === '::';
  const written = isIPv6(host) ? `[${host}]` : host;
  const address = `http://${written}:${port}`;
  const named = isIP(host) !== 0 && !everywhere && URL.canParse(address);
  return [...listed, ...ownHosts(port), ...(named ? [new URL(address).host] : [])];
}

/** Clients are asked for a key, and there is none they could bring. */
export function clientKeyMissing(settings: HttpSettings): boolean {
  return !settings.loopback && settings.clients.length === 0 && !settings.allowUnauthenticated;
}
