/** Which element of the list shows which row. */

/** What a row is known by: its id, or its place while it is on its way. */
export type RowKey = string | number;

/** The number of the element that shows each row. */
export type Slots = ReadonlyMap<RowKey, number>;

/**
 * An element whose row has left takes one that comes: to fill it anew costs the browser a fraction of a new one. A row
 * that stays keeps its element. Pure.
 * @param keys of all rows that are shown, each once
 */
export function assignSlots(before: Slots, keys: readonly RowKey[]): Slots {
  const slots = new Map<RowKey, number>();
  const taken = new Set<number>();
  for (const key of keys) {
    const slot = before.get(key);
    if (slot !== undefined) taken.add(slot);
  }
  let free = 0;
  for (const key of keys) {
    let slot = before.get(key);
    if (slot === undefined) {
      while (taken.has(free)) free += 1;
      slot = free;
      free += 1;
    }
    slots.set(key, slot);
  }
  return slots;
}
