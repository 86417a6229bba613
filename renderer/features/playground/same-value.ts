/** Are two values of plain data alike, whatever the order of their keys? Pure. */
export function sameValue(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const others = new Map<string, unknown>(Object.entries(right));
  const keys = new Set([...Object.keys(left), ...others.keys()]);
  const mine = new Map<string, unknown>(Object.entries(left));
  return [...keys].every((key) => sameValue(mine.get(key), others.get(key)));
}
