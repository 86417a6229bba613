/** What of the providers stays wrong until somebody acts. Pure. */
import type { KeyView, ProviderView } from '../../../contract/rpc/procedures/providers.ts';
import { coolDownsOf } from './cool-downs.ts';

export interface Attention {
  /** Names it and its messages, in `problems.attention`. */
  readonly code:
    | 'no_key'
    | 'keys_off'
    | 'keys_unreadable'
    | 'key_rejected'
    | 'no_credit'
    /** Its keys are ready, and nothing that it was asked lately succeeded. */
    | 'failing';
  /** It cannot do its work; else it only waits for the user. */
  readonly fault: boolean;
  readonly provider: ProviderView;
  /** The key it is about, where one alone is. */
  readonly key: KeyView | null;
}

/** @param failing ids of providers of which nothing succeeded lately */
export function attentionsOf(
  providers: readonly ProviderView[],
  failing: ReadonlySet<string>,
): readonly Attention[] {
  return providers
    .filter(({ enabled }) => enabled)
    .flatMap((provider) => {
      const known = ofKeys(provider);
      // A cool-down says why already, and passes.
      const unexplained = known.length === 0 && coolDownsOf(provider).length === 0;
      return unexplained && failing.has(provider.id) ? [attention('failing', false, provider)] : known;
    });
}

function ofKeys(provider: ProviderView): readonly Attention[] {
  if (provider.problem === 'no_key') return [attention('no_key', false, provider)];
  if (provider.problem === 'all_keys_disabled') return [attention('keys_off', false, provider)];
  const unreadable = provider.keys.some(({ state }) => state === 'missing' || state === 'unavailable');
  return [
    ...(unreadable ? [attention('keys_unreadable', true, provider)] : []),
    ...provider.keys.flatMap((key) => {
      if (key.state !== 'cooling') return [];
      if (key.reason === 'key_rejected') return [attention('key_rejected', true, provider, key)];
      return key.reason === 'credit_exhausted' ? [attention('no_credit', true, provider, key)] : [];
    }),
  ];
}

function attention(
  code: Attention['code'],
  fault: boolean,
  provider: ProviderView,
  key: KeyView | null = null,
): Attention {
  return { code, fault, provider, key };
}
