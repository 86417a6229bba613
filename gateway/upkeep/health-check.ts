/** Asks providers about keys that cool, with a call that costs no tokens, and takes those back that work again. */
import type { KeyCheck, KeyProbe } from '../../contract/rpc/procedures/providers.ts';
import type { Clock, Logger } from '../core/ports.ts';
import type { RuntimeKey, RuntimeProvider } from '../core/runtime-provider.ts';
import type { FailureDetail, KeyHealthView } from '../routing/health.ts';
import { provenBy } from '../routing/key-probe.ts';

/** A provider as far as its keys are asked about. */
type Asked = Pick<RuntimeProvider, 'id' | 'keys'>;

export interface HealthCheckPorts<Provider extends Asked> {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Between two rounds, ms; 0: none. */
  readonly interval: () => number;
  readonly providers: () => Iterable<Provider>;
  readonly health: {
    view(provider: string, key: string): KeyHealthView;
    recovered(provider: string, key: string, reason: string): boolean;
    confirmed(provider: string, key: string, said: Pick<FailureDetail, 'message' | 'told'>): void;
  };
  /** Never rejects. */
  readonly check: (provider: Provider, key: string, secret: string) => Promise<KeyCheck>;
  /** A check told something worth showing. */
  readonly changed: () => void;
}

export interface HealthCheck {
  /** Begins, or begins anew after the interval has changed. */
  follow(): void;
  /** One round now. Never rejects. */
  round(): Promise<void>;
  /** What the last check of a key found; null before there was one. */
  probeOf(provider: string, key: string): KeyProbe | null;
  stop(): void;
}

export function createHealthCheck<Provider extends Asked>(ports: HealthCheckPorts<Provider>): HealthCheck {
  const { clock, logger, interval, providers, health, check, changed } = ports;
  const probes = new Map<string, KeyProbe>();
  let cancel: (() => void) | undefined;
  let pace = 0;
  let running: Promise<void> | undefined;

  function schedule(): void {
    cancel?.();
    cancel = pace === 0 ? undefined : clock.after(pace, () => void round().then(schedule));
  }

  /** One key of a provider after the other, so that no provider is asked in a burst. */
  async function roundAt(provider: Provider): Promise<void> {
    for (const key of provider.keys.values()) await probe(provider, key);
  }

  async function probe(provider: Provider, { id, secret, fingerprint }: RuntimeKey): Promise<void> {
    const before = health.view(provider.id, id);
    if (secret === null || before.cooling === undefined || before.phase === 'probing') return;
    const { reason } = before.cooling;
    const found = await check(provider, id, secret);
    const verdict = provenBy(found, reason);
    probes.set(`${provider.id}/${id}`, { at: clock.wall(), result: found.result, verdict });
    if (verdict === 'reactivated' && health.recovered(provider.id, id, reason)) {
      logger.info('a key works again', { provider: provider.id, key: fingerprint, was: reason });
    }
    // Its time is over, and the probe that a request would have been says no.
    if (verdict === 'still-cooling' && before.phase === 'half-open') {
      const { message, told } = found;
      const { cooling } = before;
      const said = message === null ? { message: cooling.message, told: cooling.told } : { message, told };
      health.confirmed(provider.id, id, said);
    }
    changed();
  }

  function round(): Promise<void> {
    running ??= Promise.all([...providers()].map(roundAt)).then(() => {
      running = undefined;
    });
    return running;
  }

  return {
    follow() {
      if (interval() === pace) return;
      pace = interval();
      schedule();
    },
    round,
    probeOf: (provider, key) => probes.get(`${provider}/${key}`) ?? null,
    stop() {
      pace = 0;
      cancel?.();
    },
  };
}
