/** How a target's state looks. Pure. */
import type { AliasTargetView } from '../../../contract/rpc/procedures/aliases.ts';
import type { StateKind } from '../../shared/ui/state-kind.ts';

const KINDS: Readonly<Record<AliasTargetView['state'], StateKind>> = {
  ready: 'ok',
  cooling: 'cooling',
  unusable: 'failed',
  unknown: 'off',
};

/** @param view undefined for a target that is not applied yet */
export function targetKind(view: AliasTargetView | undefined): StateKind {
  return view === undefined ? 'off' : KINDS[view.state];
}

/** A target as it is written, apart into model and provider where it names one in front. */
export function splitTarget(
  model: string,
  view: AliasTargetView | undefined,
): { readonly name: string; readonly provider: string } {
  const provider = view?.provider ?? '';
  const prefix = `${provider}/`;
  return provider !== '' && model.startsWith(prefix)
    ? { name: model.slice(prefix.length), provider }
    : { name: model, provider };
}
