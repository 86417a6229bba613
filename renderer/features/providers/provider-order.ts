/** Order of providers as it is changed by hand. Pure. */

/** @returns the ids with one of them at another place; places beyond the ends are the ends */
export function moveTo(ids: readonly string[], id: string, place: number): readonly string[] {
  const from = ids.indexOf(id);
  if (from === -1) return ids;
  const others = ids.filter((other) => other !== id);
  const to = Math.max(0, Math.min(others.length, place));
  return others.toSpliced(to, 0, id);
}

/** Place that the arrow keys lead to in a grid read line by line; null for any other key. */
export function placeAfter(key: string, place: number, columns: number, count: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    Home: -place,
    End: count - 1 - place,
  };
  const step = steps[key];
  if (step === undefined) return null;
  const to = place + step;
  return to < 0 || to >= count ? place : to;
}
