/**
 * Secrets of a configuration that came without them: where the one in use has a secret in the same place, that is
 * taken, a reference to a variable as one. Entries of lists are the same when their ids are. Pure.
 */
import { isMap, isPair, isScalar, isSeq, parseDocument, visit, type Pair, type YAMLMap } from 'yaml';

/** Stands in an exported configuration in place of a secret. */
export const LEFT_OUT = 'not-in-this-file';

/** The gateway's own keys: left out they would open it, so nobody knows what stands there instead. */
const OWN_KEY = /^(?:server\.api_key|clients\[[^\]]*\]\.key)$/;

export interface Filled {
  readonly text: string;
  /** Secrets that are in neither, `providers[openai].keys[k1].value`. */
  readonly missing: readonly string[];
}

/** @param imported readable YAML @param current readable YAML @param newKey a text that nobody knows */
export function withSecrets(imported: string, current: string, newKey: () => string): Filled {
  if (!imported.includes(LEFT_OUT)) return { text: imported, missing: [] };
  const here = textsOf(current);
  const document = parseDocument(imported, { logLevel: 'silent' });
  const missing: string[] = [];
  const gone: (readonly [YAMLMap, Pair])[] = [];
  visit(document, {
    Scalar(where, node, path) {
      if (where === 'key' || typeof node.value !== 'string' || !node.value.includes(LEFT_OUT)) return;
      const place = placeOf(path);
      const found = here.get(place);
      if (found !== undefined) {
        node.value = found;
        return;
      }
      missing.push(place);
      const [map, pair] = path.slice(-2);
      if (OWN_KEY.test(place)) node.value = newKey();
      else if (isMap(map) && isPair(pair)) gone.push([map, pair]);
    },
  });
  for (const [map, pair] of gone) map.items.splice(map.items.indexOf(pair), 1);
  return { text: document.toString({ lineWidth: 0 }), missing };
}

/** @param text readable YAML @returns every text in it by where it stands */
function textsOf(text: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  visit(parseDocument(text, { logLevel: 'silent' }), {
    Scalar(where, node, path) {
      if (where !== 'key' && typeof node.value === 'string') texts.set(placeOf(path), node.value);
    },
  });
  return texts;
}

/** `providers[openai].keys[k1].value`, under our names. */
function placeOf(path: readonly unknown[]): string {
  let place = '';
  for (const [index, step] of path.entries()) {
    const above = path[index - 1];
    if (isPair(step) && isScalar(step.key))
      place += `${place === '' ? '' : '.'}${ourName(String(step.key.value))}`;
    else if (isMap(step) && isSeq(above)) {
      const id = step.get('id');
      place += `[${typeof id === 'string' ? id : above.items.indexOf(step)}]`;
    }
  }
  return place;
}

const ourName = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
