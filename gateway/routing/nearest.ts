/** The names a mistyped one was probably meant to be. */
import { editDistance } from '../core/edit-distance.ts';

const MOST = 3;
/** Above this many candidates only names that share a part are compared, so an error stays cheap. */
const MANY = 2_000;

/**
 * @param candidates names as they would have to be written
 * @returns up to three, best first; none when nothing is similar
 */
export function nearestNames(wanted: string, candidates: readonly string[]): readonly string[] {
  const needle = wanted.toLowerCase().slice(0, 200);
  const pool = candidates.length <= MANY ? candidates : candidates.filter((name) => shares(name, needle));
  return pool
    .map((name) => ({ name, distance: score(name.toLowerCase(), needle) }))
    .filter(({ distance }) => distance <= Math.max(2, needle.length / 3))
    .sort((left, right) => left.distance - right.distance)
    .slice(0, MOST)
    .map(({ name }) => name);
}

function shares(name: string, needle: string): boolean {
  const lower = name.toLowerCase();
  return needle.split(/[/:.\s-]+/).some((part) => part.length > 2 && lower.includes(part));
}

/** A name without its provider prefix is as good as the whole. */
function score(name: string, needle: string): number {
  const bare = name.slice(name.indexOf('/') + 1);
  const lastPart = name.slice(name.lastIndexOf('/') + 1);
  return Math.min(editDistance(name, needle), editDistance(bare, needle), editDistance(lastPart, needle));
}
