/** States of providers and keys in the words and shapes of the screen. Pure. */
import type { KeyView, ProviderView } from '../../../contract/rpc/procedures/providers.ts';
import type { StateKind } from '../../shared/ui/state-kind.ts';

export interface ShownState {
  readonly kind: StateKind;
  /** Key of its message, in `providers.states`. */
  readonly message: string;
  /** Number of keys it is about, where the message names one. */
  readonly count: number;
}

/**
 * One word for a provider: what its user needs to know first.
 * @param failing nothing it was asked lately succeeded
 */
export function providerState(provider: ProviderView, failing: boolean): ShownState {
  const { keys } = provider;
  const count = (wanted: (key: KeyView) => boolean): number => keys.filter(wanted).length;
  const cooling = count(({ state }) => state === 'cooling');
  const unreadable = count(({ state }) => state === 'missing' || state === 'unavailable');

  if (!provider.enabled) return { kind: 'off', message: 'off', count: 0 };
  switch (provider.problem) {
    case null:
      break;
    case 'no_key':
      return { kind: 'warning', message: 'noKey', count: 0 };
    case 'all_keys_disabled':
      return { kind: 'off', message: 'keysOff', count: 0 };
    default:
      return cooling > 0
        ? { kind: 'cooling', message: 'allCooling', count: cooling }
        : { kind: 'failed', message: 'noUsableKey', count: unreadable };
  }
  if (cooling > 0) return { kind: 'cooling', message: 'someCooling', count: cooling };
  const models = new Set(keys.flatMap((key) => key.models.map(({ model }) => model))).size;
  if (unreadable > 0) return { kind: 'failed', message: 'someUnreadable', count: unreadable };
  if (models > 0) return { kind: 'cooling', message: 'modelsCooling', count: models };
  if (failing) return { kind: 'warning', message: 'failing', count: 0 };
  return { kind: 'ok', message: 'ready', count: 0 };
}

const KEY_STATES: Readonly<Record<KeyView['state'], StateKind>> = {
  ready: 'ok',
  cooling: 'cooling',
  probing: 'waiting',
  disabled: 'off',
  missing: 'failed',
  unavailable: 'failed',
};

export function keyStateKind(state: KeyView['state']): StateKind {
  return KEY_STATES[state];
}

/**
 * Time a key still cools.
 * @param receivedAt when the view was true, Unix ms
 * @returns ms, 0 when it is over
 */
export function timeLeft(coolingFor: number, receivedAt: number, now: number): number {
  return Math.max(0, coolingFor - Math.max(0, now - receivedAt));
}

/** Two letters that stand for a provider: its capitals, the beginnings of its words, or its own beginning. */
export function initials(name: string): string {
  const capitals = name.match(/\p{Lu}/gu) ?? [];
  if (capitals.length > 1) return capitals.slice(0, 2).join('');
  const [first = '', second = ''] = name.split(/[\s._-]+/);
  return second === '' ? first.slice(0, 2) : first.slice(0, 1) + second.slice(0, 1);
}

export interface LastFault {
  readonly status: number | null;
  readonly message: string;
  readonly told: KeyView['told'];
}

/** The key that failed last and why, where something was said of it; null while nothing cools. */
export function lastFault({ keys }: Pick<ProviderView, 'keys'>): LastFault | null {
  const [last] = keys
    .filter(({ state, message }) => state === 'cooling' && message !== null)
    .toSorted((left, right) => (right.lastFailedAt ?? 0) - (left.lastFailedAt ?? 0));
  if (last?.message === undefined || last.message === null) return null;
  return { status: last.status, message: last.message, told: last.told };
}
