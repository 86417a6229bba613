/** Keeps the providers' model lists: read at start, again now and then, and at once when a name is missed. */
import type { ListedModel } from '../core/dialect.ts';
import type { Clock, Logger } from '../core/ports.ts';
import type { RuntimeProvider } from '../core/runtime-provider.ts';
import type { Upstream } from '../core/upstream.ts';

/** A list is read again after this long, ms. */
const REFRESH = 600_000;
/** A missed name asks again for lists older than this, ms. */
const STALE = 30_000;
/** Longest wait for one list, ms. */
const PATIENCE = 10_000;
/** No list is read beyond this many bytes. */
const LARGEST = 16_777_216;

export interface Discovery {
  /** Lists known so far, by provider id. */
  lists(): ReadonlyMap<string, readonly ListedModel[]>;
  /** Asks every provider whose list is missing or older than `age` ms; resolves when all have answered or failed. */
  refresh(age: number): Promise<void>;
  /** For names nobody lists: asks again where the list is stale. */
  refreshStale(): Promise<void>;
  stop(): void;
}

export interface DiscoveryPorts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly upstream: Upstream;
  /** Providers in use now. */
  readonly providers: () => Iterable<RuntimeProvider>;
  /** Called when a list has changed. */
  readonly changed: () => void;
  readonly redact: (text: string) => string;
  readonly version: string;
}

interface Known {
  readonly models: readonly ListedModel[] | undefined;
  /** Monotonic ms of the last try. */
  readonly at: number;
  /** What the list was read from; another address makes it worthless. */
  readonly url: string;
}

export function createDiscovery(ports: DiscoveryPorts): Discovery {
  const known = new Map<string, Known>();
  const running = new Map<string, Promise<void>>();
  let stopTimer: () => void = () => undefined;
  let stopped = false;

  async function ask(provider: RuntimeProvider): Promise<void> {
    const url = provider.modelsUrl;
    const result = await readList(provider, ports);
    const before = known.get(provider.id);
    const kept = before?.url === url ? before.models : undefined;
    if (typeof result === 'string') {
      ports.logger.debug('a model list could not be read', {
        provider: provider.id,
        reason: ports.redact(result),
      });
    }
    known.set(provider.id, {
      models: typeof result === 'string' ? kept : result,
      at: ports.clock.monotonic(),
      url,
    });
    if (typeof result !== 'string') ports.changed();
  }

  function refresh(age: number): Promise<void> {
    const now = ports.clock.monotonic();
    const asked = [...ports.providers()].flatMap((provider) => {
      const last = known.get(provider.id);
      if (last?.url === provider.modelsUrl && now - last.at < age) return [];
      const under = running.get(provider.id);
      if (under !== undefined) return [under];
      const asking = ask(provider).finally(() => running.delete(provider.id));
      running.set(provider.id, asking);
      return [asking];
    });
    return Promise.all(asked).then(() => undefined);
  }

  function schedule(): void {
    stopTimer = ports.clock.after(REFRESH, () => {
      void refresh(0).finally(() => {
        if (!stopped) schedule();
      });
    });
  }
  schedule();

  return {
    lists() {
      const lists = new Map<string, readonly ListedModel[]>();
      for (const [id, { models }] of known) if (models !== undefined) lists.set(id, models);
      return lists;
    },
    refresh,
    refreshStale: () => refresh(STALE),
    stop() {
      stopped = true;
      stopTimer();
    },
  };
}

/** @returns the list, or a sentence on why there is none */
function readList(
  provider: RuntimeProvider,
  ports: DiscoveryPorts,
): Promise<readonly ListedModel[] | string> {
  const key = [...provider.keys.values()][0];
  if (key === undefined) return Promise.resolve('no key can be used');
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    let status = 0;
    const settle = (result: readonly ListedModel[] | string): void => {
      stopWaiting();
      resolve(result);
    };
    const giveUp = (reason: string): void => {
      call.abort();
      settle(reason);
    };
    const stopWaiting = ports.clock.after(PATIENCE, () => giveUp(`no list within ${PATIENCE / 1_000} s`));
    const call = ports.upstream.send(
      {
        method: 'GET',
        url: provider.modelsUrl,
        headers: {
          accept: 'application/json',
          'accept-encoding': 'identity',
          'user-agent': `Switchyard/${ports.version}`,
          ...provider.headers,
          ...(key.secret === null ? {} : { authorization: `Bearer ${key.secret}` }),
        },
        body: [],
        bodyLength: 0,
        connectTimeout: Math.min(provider.timeouts.connect, PATIENCE),
        proxy: provider.proxy,
        noProxy: provider.noProxy,
        allowPrivateNetwork: provider.allowPrivateNetwork,
        freshSocket: false,
      },
      {
        connected: () => undefined,
        sent: () => undefined,
        headers: (answered) => {
          status = answered;
        },
        data: (chunk) => {
          chunks.push(chunk);
          bytes += chunk.length;
          if (bytes > LARGEST) giveUp('the list is too large');
        },
        end: () => {
          if (status !== 200) return settle(`HTTP ${status}`);
          settle(provider.dialect.readModels(Buffer.concat(chunks)) ?? 'the answer is not a model list');
        },
        failed: (failure) => settle(failure.detail),
      },
    );
  });
}
