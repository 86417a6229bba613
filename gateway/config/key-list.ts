/** Keys as a variable holds them: one, or several with weights (REQUIREMENTS 3.1). */

/** A key with its share of the traffic. */
export interface ListedKey {
  readonly value: string;
  readonly weight: number;
}

/** What is wrong with a key, as the end of a sentence that begins with where it stands; undefined for a good one. */
export function keyProblem(text: string): string | undefined {
  return /^[\x21-\x7e]+$/.test(text)
    ? undefined
    : 'must hold keys without spaces, line breaks or letters outside ASCII';
}

/**
 * Reads `key1,key2:weight,key3`; empty entries are left out.
 * @returns the keys, or what is wrong as the end of a sentence that begins with where the list stands; never a key
 */
export function parseKeyList(text: string): readonly ListedKey[] | string {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const keys: ListedKey[] = [];
  for (const [index, entry] of entries.entries()) {
    const [value = '', weight, ...rest] = entry.split(':');
    if (rest.length > 0 || (weight !== undefined && !isWeight(weight))) {
      return `must be keys separated by commas, each with its weight behind a colon if it has one (key1,key2:5,key3); entry ${index + 1} has a weight that is no number above 0 and up to 1000`;
    }
    const problem = keyProblem(value);
    if (problem !== undefined) return problem;
    keys.push({ value, weight: weight === undefined ? 1 : Number(weight) });
  }
  return keys;
}

function isWeight(text: string): boolean {
  return /^\d+(?:\.\d+)?$/.test(text) && Number(text) > 0 && Number(text) <= 1_000;
}
