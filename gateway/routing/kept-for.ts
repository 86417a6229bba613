/** What was found out of a snapshot, for as long as it is in force. */
import type { RoutingSnapshot } from './snapshot.ts';

/**
 * The last one is held beside the others: nearly every request asks for the snapshot in force, and a look into a weak
 * table costs several times as much.
 * @param begin makes what is kept, empty
 */
export function keptFor<T>(begin: () => T): (snapshot: RoutingSnapshot) => T {
  const all = new WeakMap<RoutingSnapshot, T>();
  let last: { readonly of: RoutingSnapshot; readonly kept: T } | undefined;
  return (snapshot) => {
    if (last?.of === snapshot) return last.kept;
    const kept = all.get(snapshot) ?? begin();
    all.set(snapshot, kept);
    last = { of: snapshot, kept };
    return kept;
  };
}
