/** Checks of keys that cost no tokens: one by one when somebody asks, in the background for those that cool. */
import type { KeyCheck } from '../../contract/rpc/procedures/providers.ts';
import type { Logger } from '../core/ports.ts';
import type { RuntimeProvider } from '../core/runtime-provider.ts';
import type { HealthParts } from './kept-health.ts';
import { createHealthCheck, type HealthCheck } from '../upkeep/health-check.ts';
import { checkKey, type KeyCheckPorts } from '../upkeep/key-check.ts';

export interface KeyCheckParts {
  readonly logger: Logger;
  readonly known: Pick<HealthParts, 'health' | 'facts'>;
  /** ms; 0: no background check. */
  readonly interval: () => number;
  readonly providers: () => Iterable<RuntimeProvider>;
  readonly changed: () => void;
}

export interface KeyChecks extends HealthCheck {
  /** Never rejects. What is left of the key is remembered where the provider tells it. */
  readonly check: (provider: RuntimeProvider, key: string, secret: string) => Promise<KeyCheck>;
}

export function createKeyChecks(ask: KeyCheckPorts, parts: KeyCheckParts): KeyChecks {
  const { health, facts } = parts.known;
  const check: KeyChecks['check'] = async (provider, key, secret) => {
    const found = await checkKey(provider, secret, ask);
    if (found.left !== undefined) {
      facts.told(provider.id, key, [{ ...found.left, resetsAt: null, seenAt: ask.clock.wall() }]);
    }
    return found;
  };
  return { ...createHealthCheck({ ...parts, clock: ask.clock, health, check }), check };
}
