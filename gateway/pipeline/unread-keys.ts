/**
 * Keys are read from the secret store after the gateway listens, and a store may fail and come back. A request
 * that needs a key not yet read waits for it; where everything is read, nothing here runs (DESIGN section 7).
 */
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { GatewayError } from '../core/errors.ts';
import { failed } from '../core/failed.ts';
import { match } from '../routing/match.ts';
import { keyServes, type RoutableProvider, type Target } from '../routing/snapshot.ts';
import type { PipelinePorts } from './ports.ts';
import type { Relay } from './relay.ts';
import type { RuntimeSnapshot } from './runtime-snapshot.ts';
import { waitFor } from './wait.ts';

/** The secrets that are not known yet. */
export interface KeyReading {
  /** Begins to read what is not known, except what failed just now. Never rejects. */
  readonly load: (failed: 'later') => Promise<void>;
  readonly isReading: (provider: string) => boolean;
  /** Why secrets cannot be read; null where nothing has failed. */
  readonly storeProblem: () => Told | null;
  /** Runs each time after keys of a provider were read, or could not be; answers how to stop. */
  readonly onRead: (listener: () => void) => () => void;
}

/** Resolves when the keys that decide where `model` goes are read or cannot be, or the wait is over. */
export async function awaitKeys(model: string, relay: Relay, ports: PipelinePorts): Promise<void> {
  const { clock, keys, limits } = ports;
  if (unreadProviders(model, ports.snapshot()).length === 0) return;
  void keys.load('later');
  const until = clock.monotonic() + limits.keyWait;
  while (unreadProviders(model, ports.snapshot()).some((provider) => keys.isReading(provider))) {
    const left = Math.max(0, until - clock.monotonic());
    const end = await waitFor(clock, relay, ports.stopped, left, (wake) => keys.onRead(wake));
    if (end !== 'woken') return;
  }
}

/** Why the model's first choice is out of reach; undefined when no unread key is to blame. */
export function unreadReason(model: string, ports: PipelinePorts): Told | undefined {
  const [provider] = unreadProviders(model, ports.snapshot());
  if (provider === undefined) return undefined;
  const why = ports.keys.storeProblem() ?? remark('store-silent', { seconds: ports.limits.keyWait / 1_000 });
  return remark('provider-keys-unread', { provider }, why);
}

/** The same as an error; undefined when no unread key is to blame. */
export function unreadError(model: string, ports: PipelinePorts): GatewayError | undefined {
  const reason = unreadReason(model, ports);
  return reason === undefined ? undefined : failed('secrets_unavailable', reason, { retryAfter: 5 });
}

/** Providers that would come before the first one that can serve, were their keys known. */
function unreadProviders(model: string, { routing, hoped }: RuntimeSnapshot): readonly string[] {
  if (hoped === null) return [];
  const known = new Map(routing.providers.map((provider) => [provider.id, provider]));
  const found = match(model, hoped);
  if (found.kind === 'unknown') {
    // A model that nobody lists may be on a list that cannot be asked for without a key.
    return hoped.providers
      .filter(({ id, models, keys }) => models === null && keys.length > (known.get(id)?.keys.length ?? 0))
      .map(({ id }) => id);
  }
  if (found.kind !== 'targets') return [];
  const usable = found.targets.findIndex((target) => canServe(target, known.get(target.provider)));
  const before = usable === -1 ? found.targets : found.targets.slice(0, usable);
  return before.map(({ provider }) => provider);
}

function canServe({ model }: Target, provider: RoutableProvider | undefined): boolean {
  return provider?.keys.some((key) => keyServes(key, model)) ?? false;
}
