/** The two ways out: calls to upstreams, and fetching what clients name by address. */
import type { Config } from '../../contract/config/schema.ts';
import type { MediaFetch } from '../core/media-fetch.ts';
import type { GatewayPorts } from '../index.ts';
import { createMediaFetch } from '../transport/fetch-media.ts';
import { createUpstream } from '../transport/upstream.ts';

export function createTransports(
  { clock, environment, version, resolve, media }: GatewayPorts,
  config: () => Config,
): { readonly upstream: ReturnType<typeof createUpstream>; readonly media: MediaFetch } {
  const resolving = resolve === undefined ? {} : { resolve };
  const upstream = createUpstream({ clock, environment, ...resolving });
  const fetching = createMediaFetch({
    upstream,
    clock,
    version,
    environment,
    network: () => ({ proxy: config().network.proxy, noProxy: config().network.no_proxy }),
    ...resolving,
  });
  return { upstream, media: media ?? fetching };
}
