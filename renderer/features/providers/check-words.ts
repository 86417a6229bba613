/** What a check found, in the shapes and words of the screen. Pure. */
import type { KeyCheck, KeyView, ProviderView } from '../../../contract/rpc/procedures/providers.ts';
import type { StateKind } from '../../shared/ui/state-kind.ts';
import type { KeyName } from './key-checks.ts';

const KINDS: Readonly<Record<KeyCheck['result'], StateKind>> = {
  works: 'ok',
  refused: 'failed',
  exhausted: 'failed',
  limited: 'cooling',
  unreachable: 'failed',
  'cannot-tell': 'off',
};

export function checkKind(result: KeyCheck['result']): StateKind {
  return KINDS[result];
}

/** Keys that can be checked: those in use whose secret is at hand. */
export function checkableKeys(providers: readonly ProviderView[]): readonly KeyName[] {
  return providers.flatMap(({ id: provider, keys }) =>
    keys.filter(isCheckable).map(({ id }) => ({ provider, id })),
  );
}

const UNCHECKABLE: ReadonlySet<KeyView['state']> = new Set(['disabled', 'missing', 'unavailable']);

export function isCheckable({ state }: KeyView): boolean {
  return !UNCHECKABLE.has(state);
}
