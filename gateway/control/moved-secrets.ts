/** Secrets of a configuration that another one has in a place where they were not: by an alias, or a variable. Pure. */
import type { Config } from '../../contract/config/schema.ts';
import { isMapping } from '../config/field-names.ts';

/** Shorter texts are no secrets, and stand everywhere. */
const SHORTEST = 8;
/** Where a secret may stand; names of headers say nothing for sure. */
const SECRET_PLACE =
  /(?:\.keys\[[^\]]*\]\.value|\.api_key|\.headers\..*|^clients\[[^\]]*\]\.key|^admin\.password|\.token)$/;
/** What leaves this machine besides keys. */
const GOES_OUT = /^https?:\/\/|\.headers\./i;

/** @returns places, `providers[one].keys[k1].value`, with the place of before: `… ← …` */
export function movedSecrets(was: Config, is: Config): readonly string[] {
  const secrets = new Map<string, Set<string>>();
  for (const [place, text] of placedTexts(was)) {
    if (text.length < SHORTEST || !SECRET_PLACE.test(place)) continue;
    secrets.set(text, (secrets.get(text) ?? new Set()).add(place));
  }
  const within = finder(secrets.keys());
  return [...placedTexts(is)].flatMap(([place, text]) => {
    const held = secrets.has(text) ? [text] : [];
    const inside = GOES_OUT.test(text) || GOES_OUT.test(place) ? within(text) : held;
    return inside.flatMap((secret) => {
      const places = secrets.get(secret) ?? new Set();
      return places.has(place) ? [] : [`${place} ← ${[...places].join(', ')}`];
    });
  });
}

/** Thousands of secrets are looked for in thousands of texts: each is found by how it begins. */
function finder(secrets: Iterable<string>): (text: string) => readonly string[] {
  const byBeginning = Map.groupBy(secrets, (secret) => secret.slice(0, SHORTEST));
  return (text) => {
    const found = new Set<string>();
    for (let at = 0; at + SHORTEST <= text.length; at += 1) {
      for (const secret of byBeginning.get(text.slice(at, at + SHORTEST)) ?? []) {
        if (text.startsWith(secret, at)) found.add(secret);
      }
    }
    return [...found];
  };
}

/** Every text in a configuration by where it stands, entries of lists by their id. */
export function* placedTexts(value: unknown, place = ''): Generator<readonly [place: string, text: string]> {
  if (typeof value === 'string') yield [place, value];
  else if (Array.isArray(value)) {
    for (const [index, member] of value.entries()) {
      const id: unknown = isMapping(member) ? member['id'] : undefined;
      yield* placedTexts(member, `${place}[${typeof id === 'string' ? id : index}]`);
    }
  } else if (isMapping(value)) {
    for (const [name, member] of Object.entries(value))
      yield* placedTexts(member, place === '' ? name : `${place}.${name}`);
  }
}
