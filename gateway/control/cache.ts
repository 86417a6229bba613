/** Procedures on the cache of answers. */
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type { ControlPorts } from './ports.ts';

export function cacheHandlers({
  cache,
  config,
}: Pick<ControlPorts, 'cache' | 'config'>): Pick<Handlers, 'cache.state' | 'cache.clear'> {
  return {
    'cache.state': async () => ({ enabled: config().cache.enabled, ...(await cache.state()) }),
    'cache.clear': () => cache.clear(),
  };
}
