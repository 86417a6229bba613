/** What of the providers needs the user, and what only needs time. Pure. */
import type { KeyView, ProviderView } from '../../../contract/rpc/procedures/providers.ts';
import { coolDownsOf, type CoolDown } from '../../shared/utils/cool-downs.ts';
import type { StateKind } from '../../shared/ui/state-kind.ts';

/** Something that stays wrong until somebody acts. */
export interface Attention {
  /** Names it and its messages, in `overview.attention`. */
  readonly code: 'no_provider' | 'no_key' | 'keys_off' | 'keys_unreadable' | 'key_rejected' | 'no_credit';
  readonly kind: StateKind;
  /** Provider it is about; null for none. */
  readonly provider: ProviderView | null;
  /** The key it is about, where one alone is. */
  readonly key: KeyView | null;
}

/** A cool-down with whose it is. */
export interface CoolingEntry {
  readonly provider: ProviderView;
  readonly cooling: CoolDown;
}

export function attentionsOf(providers: readonly ProviderView[]): readonly Attention[] {
  if (providers.length === 0) return [attention('no_provider', 'warning', null)];
  return providers.filter(({ enabled }) => enabled).flatMap(ofProvider);
}

function ofProvider(provider: ProviderView): readonly Attention[] {
  if (provider.problem === 'no_key') return [attention('no_key', 'warning', provider)];
  if (provider.problem === 'all_keys_disabled') return [attention('keys_off', 'warning', provider)];
  const unreadable = provider.keys.some(({ state }) => state === 'missing' || state === 'unavailable');
  return [
    ...(unreadable ? [attention('keys_unreadable', 'failed', provider)] : []),
    ...provider.keys.flatMap((key) => {
      if (key.state !== 'cooling') return [];
      if (key.reason === 'key_rejected') return [attention('key_rejected', 'failed', provider, key)];
      return key.reason === 'credit_exhausted' ? [attention('no_credit', 'failed', provider, key)] : [];
    }),
  ];
}

function attention(
  code: Attention['code'],
  kind: StateKind,
  provider: ProviderView | null,
  key: KeyView | null = null,
): Attention {
  return { code, kind, provider, key };
}

/** Everything that cools, each cool-down once however many keys it holds for; what is back soonest first. */
export function coolingOf(providers: readonly ProviderView[]): readonly CoolingEntry[] {
  return providers
    .flatMap((provider) => coolDownsOf(provider).map((cooling) => ({ provider, cooling })))
    .sort((a, b) => a.cooling.coolingFor - b.cooling.coolingFor);
}
