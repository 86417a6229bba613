/** The line beside a figure. Pure. */

/**
 * Points of a line over values, for an area of the given size, px. Gaps are passed over.
 * @param least value at the bottom; the line of a share that never leaves 95 to 100 % would else be flat
 */
export function polyline(
  values: readonly (number | null)[],
  width: number,
  height: number,
  least = 0,
): string {
  const points = values.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
  if (points.length < 2) return '';
  const highest = Math.max(...points.map(({ value }) => value), least);
  const span = highest - least || 1;
  const step = width / (values.length - 1);
  return points
    .map(({ value, index }) => {
      const y = height - ((value - least) / span) * height;
      return `${(index * step).toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
}
