/** Keeps a conversation where its signatures or its prompt cache are, as long as that place can be used. Pure. */
import type { Origin } from '../core/canonical/signature.ts';
import { withKeys, type PlanGroup } from './plan.ts';

/** Where a conversation was served, and how far it is kept there. */
export interface Preference {
  readonly origin: Origin;
  /** Another target may be in order by now; only its key is kept. */
  readonly keyOnly: boolean;
}

/**
 * The plan with the origin's target first, and its key first there; unchanged where it is not in the plan. What may
 * not be used there now, for its health or a limit, is passed over like any other place.
 */
export function prefer(groups: readonly PlanGroup[], preference: Preference | null): readonly PlanGroup[] {
  if (preference === null) return groups;
  const { origin, keyOnly } = preference;
  const home = groups.find(({ provider, model }) => provider === origin.provider && model === origin.model);
  if (home === undefined) return groups;
  const key = home.keys.find(({ id }) => id === origin.key);
  const keys = key === undefined ? home.keys : [key, ...home.keys.filter((other) => other !== key)];
  const kept = withKeys(home, keys);
  if (keyOnly) return groups.map((group) => (group === home ? kept : group));
  return [kept, ...groups.filter((group) => group !== home)];
}
