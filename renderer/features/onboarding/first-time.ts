/** Whether there is anything yet that could answer a request. */
import type { ProviderView } from '../../../contract/rpc/procedures/providers.ts';

/** @returns true while no provider has a key, none works without one, and the demo is not there either */
export function isFirstTime(providers: readonly ProviderView[]): boolean {
  return !providers.some(({ demo, needsKey, keys }) => demo || !needsKey || keys.length > 0);
}
