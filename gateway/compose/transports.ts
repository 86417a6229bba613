/** The ways out: calls to upstreams, what clients name by address, and new prices. */
import type { Config } from '../../contract/config/schema.ts';
import type { MediaFetch } from '../core/media-fetch.ts';
import type { GatewayPorts } from '../index.ts';
import { createMediaFetch } from '../transport/fetch-media.ts';
import { createUpstream } from '../transport/upstream.ts';
import { createFetchPrices, type FetchPrices } from '../upkeep/fetch-prices.ts';

export function createTransports(
  { clock, environment, version, resolve, media }: GatewayPorts,
  config: () => Config,
): {
  readonly upstream: ReturnType<typeof createUpstream>;
  readonly media: MediaFetch;
  readonly fetchPrices: FetchPrices;
} {
  const resolving = resolve === undefined ? {} : { resolve };
  const upstream = createUpstream({ clock, environment, ...resolving });
  const network = () => ({ proxy: config().network.proxy, noProxy: config().network.no_proxy });
  const fetching = createMediaFetch({
    upstream,
    clock,
    version,
    environment,
    network,
    ...resolving,
  });
  const fetchPrices = createFetchPrices({ upstream, clock, version, network });
  return { upstream, media: media ?? fetching, fetchPrices };
}
