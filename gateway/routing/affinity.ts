/** Keeps a conversation where its signatures were made, as long as that place can be used. Pure. */
import type { Origin } from '../core/canonical/signature.ts';
import type { PlanGroup } from './plan.ts';

/** The plan with the origin's target first, and its key first there; unchanged where it is not in the plan. */
export function prefer(groups: readonly PlanGroup[], origin: Origin | null): readonly PlanGroup[] {
  if (origin === null) return groups;
  const home = groups.find(({ provider, model }) => provider === origin.provider && model === origin.model);
  if (home === undefined) return groups;
  const key = home.keys.find(({ id }) => id === origin.key);
  const keys = key === undefined ? home.keys : [key, ...home.keys.filter((other) => other !== key)];
  return [{ ...home, keys }, ...groups.filter((group) => group !== home)];
}
