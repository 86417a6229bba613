/**
 * A listener of its own for measurements (`monitoring.port`), for networks where what scrapes may reach nothing
 * else: the same HTTP surface with the same guard, and of its routes only those it is given.
 */
import type { Config } from '../../contract/config/schema.ts';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { inSentences, say } from '../core/sayings.ts';
import { createAddress, type Address } from '../http/address.ts';
import { createHttpApp, type HttpAppOptions } from '../http/app.ts';
import { createListener, type Listener, type Place } from '../http/listener.ts';
import { followSettings } from '../http/settings.ts';

export interface MetricsPort {
  /** Why it is not where the configuration wants it; null where it is, and where none is wanted. */
  problem(): Told | null;
  /** Opens, moves or closes it as the configuration says. Never rejects; the reason stays as the problem. */
  readonly follow: () => Promise<void>;
  /** For good; see `Listening.close`. */
  close(deadline: number): Promise<void>;
}

const WORDS = {
  moved: 'Measurements have a port of their own',
  nowhere: say('measured-at-gateway'),
};
const SETTINGS = { port: 'monitoring.port', host: 'monitoring.host or server.host' };

/** How long scrapes under way may go on at a port that is given up, ms. */
const LAST_SCRAPE = 10_000;

/** @param changed called after the address, or the problem with it, has changed */
export function createMetricsPort(
  options: Omit<HttpAppOptions, 'settings' | 'only' | 'innerId'>,
  config: () => Config,
  changed: () => void,
): MetricsPort {
  const { clock, random, logger } = options;
  let open: { readonly listener: Listener; readonly address: Address } | null = null;
  let clash: Told | null = null;
  const left = new Set<Listener>();
  let closed = false;
  let queue: Promise<void> = Promise.resolve();

  const app = createHttpApp({
    ...options,
    only: 'This port has GET /metrics, /health and /ready, and nothing else.',
    settings: followSettings(config, () => open?.listener.place() ?? wishedPlace(config())),
  });

  function make(): NonNullable<typeof open> {
    const listener = createListener(app, { clock, random, logger, settings: SETTINGS });
    return { listener, address: createAddress(listener, logger, changed, WORDS) };
  }

  /** The port is free at once; nobody waits for the scrapes under way. */
  function giveUp(): void {
    if (open === null) return;
    const { listener, address } = open;
    open = null;
    left.add(listener);
    void listener.close(LAST_SCRAPE).then(() => left.delete(listener));
    logger.info('Measurements have no port of their own any more', { from: listener.address() });
    if (address.problem() !== null) changed();
  }

  async function go(): Promise<void> {
    if (closed) return;
    const place = wishedPlace(config());
    const before = clash;
    clash = place === null ? null : clashOf(place, config());
    if (clash?.text !== before?.text) {
      if (clash !== null) logger.error(clash.text);
      changed();
    }
    if (place === null || clash !== null) return giveUp();
    open ??= make();
    await open.address.follow(place);
  }

  return {
    problem: () => clash ?? open?.address.problem() ?? null,
    follow() {
      queue = queue.then(go);
      return queue;
    },
    async close(deadline) {
      closed = true;
      await queue;
      const all = open === null ? [...left] : [open.listener, ...left];
      await Promise.all(all.map((listener) => listener.close(deadline)));
    },
  };
}

function wishedPlace({ server, monitoring }: Config): Place | null {
  const { enabled, port, host } = monitoring;
  return !enabled || port === undefined ? null : { host: host ?? server.host, port };
}

/** Some systems let two listeners share a port by address, and one would take what is meant for the other. */
function clashOf({ port }: Place, { server }: Config): Told | null {
  if (port === 0 || port !== server.port) return null;
  return inSentences([say('metrics-clash', { port }), WORDS.nowhere, say('metrics-remedy')]);
}
