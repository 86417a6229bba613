/** Levels of reasoning effort, and the nearest one where a model knows only some. */

/** From none to most, as OpenAI names them. */
const LEVELS: readonly string[] = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];

/**
 * The level of `known` that is nearest to what was asked for; of two equally near ones the higher, since less
 * thought than asked for is the worse surprise. `none` is met only by `none`.
 * @param known levels the model takes
 * @returns undefined when no level fits, or `asked` is not a level
 */
export function nearestEffort(asked: unknown, known: readonly string[]): string | undefined {
  const wanted = LEVELS.findIndex((level) => level === asked);
  if (wanted === -1) return undefined;
  if (wanted === 0) return known.find((level) => level === 'none');
  const thinking = known.filter((level) => level !== 'none' && LEVELS.includes(level));
  return thinking.toSorted(
    (one, other) =>
      Math.abs(LEVELS.indexOf(one) - wanted) - Math.abs(LEVELS.indexOf(other) - wanted) ||
      LEVELS.indexOf(other) - LEVELS.indexOf(one),
  )[0];
}
