/** The points of a small line. Pure. */

/**
 * @returns points of an SVG polyline in a box of that size; a line of zeros lies at the bottom, and one request is not
 * drawn as high as a hundred: the box is at least `least` high
 */
export function sparkline(values: readonly number[], width: number, height: number, least = 4): string {
  const top = Math.max(least, ...values);
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  return values
    .map((value, index) => `${round(index * step)},${round(height - (value / top) * height)}`)
    .join(' ');
}

const round = (value: number): number => Math.round(value * 10) / 10;
