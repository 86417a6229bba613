/** What of the providers only needs time. Pure. */
import type { ProviderView } from '../../../contract/rpc/procedures/providers.ts';
import { coolDownsOf, type CoolDown } from '../../shared/utils/cool-downs.ts';

/** A cool-down with whose it is. */
export interface CoolingEntry {
  readonly provider: ProviderView;
  readonly cooling: CoolDown;
}

/** Everything that cools, each cool-down once however many keys it holds for; what is back soonest first. */
export function coolingOf(providers: readonly ProviderView[]): readonly CoolingEntry[] {
  return providers
    .flatMap((provider) => coolDownsOf(provider).map((cooling) => ({ provider, cooling })))
    .sort((a, b) => a.cooling.coolingFor - b.cooling.coolingFor);
}
