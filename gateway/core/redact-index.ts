/**
 * Which of many secrets may stand in a text. Each shape of a secret holds a run of letters and digits that is the same
 * in it whatever encodes the rest; a text is searched for all these runs at once, whatever their number. Pure.
 */

/** Characters of a run that are looked for. */
const RUN = 6;
/** Places of the filter for each run: about one look-up in sixteen is for nothing. */
const PLACES = 16;

/** The end of the longest run of letters and digits: where secrets of one kind differ. Undefined: none is long enough. */
export function anchorOf(shape: string): string | undefined {
  const runs = shape.match(/[A-Za-z0-9]+/g) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  return longest.length < RUN ? undefined : longest.slice(-RUN);
}

export interface SecretIndex {
  /** Numbers of the secrets that may stand in `text`, rising. */
  look(text: string): readonly number[];
}

/** @param anchors of each secret, all of its shapes */
export function createSecretIndex(anchors: readonly (readonly string[])[]): SecretIndex {
  const owners = new Map<string, number[]>();
  for (const [number, own] of anchors.entries()) {
    for (const anchor of own) {
      const known = owners.get(anchor);
      if (known === undefined) owners.set(anchor, [number]);
      else if (known.at(-1) !== number) known.push(number);
    }
  }
  const mask = 2 ** Math.ceil(Math.log2(Math.max(1, owners.size) * PLACES)) - 1;
  const filter = new Uint8Array(mask + 1);
  for (const anchor of owners.keys()) filter[placeOf(anchor) & mask] = 1;

  return {
    look(text) {
      let found: Set<number> | undefined;
      let hash = 0;
      const filled = Math.min(RUN - 1, text.length);
      for (let at = 0; at < filled; at += 1) hash = (Math.imul(hash, BASE) + text.charCodeAt(at)) | 0;
      for (let at = RUN - 1; at < text.length; at += 1) {
        hash = (Math.imul(hash, BASE) + text.charCodeAt(at)) | 0;
        // The character that leaves the window takes its share along.
        if (at >= RUN) hash = (hash - Math.imul(LEAVING, text.charCodeAt(at - RUN))) | 0;
        if (filter[(hash ^ (hash >>> 15)) & mask] === 0) continue;
        for (const owner of owners.get(text.slice(at - RUN + 1, at + 1)) ?? [])
          (found ??= new Set()).add(owner);
      }
      return found === undefined ? NONE : [...found].sort((left, right) => left - right);
    },
  };
}

const NONE: readonly number[] = [];
const BASE = 0x01000193;
/** BASE to the power of RUN, in 32 bits. */
const LEAVING = Array.from({ length: RUN }).reduce<number>((power) => Math.imul(power, BASE), 1);

function placeOf(anchor: string): number {
  let hash = 0;
  for (let at = 0; at < anchor.length; at += 1) hash = Math.imul(hash, BASE) + anchor.charCodeAt(at);
  return hash ^ (hash >>> 15);
}
