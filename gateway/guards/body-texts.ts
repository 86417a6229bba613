/** All that a request's body says, whether or not its format is known here. Pure. */
import { jsonLeaves, type JsonLeaf } from '../core/json-leaves.ts';
import { isArray, isObject, parseJson } from '../core/json.ts';
import { isDataAddress, textInBytes } from './file-text.ts';
import { isDataUrl, isFree, isMark, mayBeBytes, mayBeWord } from './leaf-kinds.ts';

/**
 * Every text, as it reads without its escapes; of what tools are given and give back names and numbers, too. Left out
 * are kinds, ids, signatures, pictures and the like. A text that is JSON itself comes as it is, and with what it says;
 * a file that is a text comes as one.
 * @param bytes a whole JSON document
 * @returns empty texts, too: between any two of them a reader may pause
 */
export function* bodyTexts(bytes: Uint8Array): Generator<string> {
  const written = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (const leaf of jsonLeaves(bytes)) yield* leafTexts(leaf, written, isFree(leaf.path));
}

/** Empty where the text is no JSON; each further level has its quotes escaped once more, so there are few. */
function* textsWithin(text: string): Generator<string> {
  if (!isJson(text)) return;
  const written = Buffer.from(text);
  for (const leaf of jsonLeaves(written)) yield* leafTexts(leaf, written, true);
}

function* leafTexts(leaf: JsonLeaf, written: Buffer, free: boolean): Generator<string> {
  const { kind, start, end, name, path } = leaf;
  if (kind !== 'string') {
    const own = kind === 'name' ? textOf(written, leaf) : written.toString('latin1', start, end);
    yield free ? own : '';
    return;
  }
  const text = textOf(written, leaf);
  const bytes = free ? isDataUrl(text) : mayBeBytes(name, text);
  const file = bytes || isDataAddress(text) ? textInBytes(text) : '';
  yield file;
  yield* textsWithin(file);
  if ((bytes && !mayBeWord(text)) || (!free && isMark(name, text, path))) return;
  yield text;
  yield* textsWithin(text);
}

/** Arguments of tools, and what tools gave back, are JSON within a text. */
export const isJson = (text: string): boolean => {
  if (!/^\s*[[{]/.test(text)) return false;
  const value = parseJson(text);
  return isObject(value) || isArray(value);
};

/** What a text or a name means. Without an escape it is what stands there: a picture is not read twice. */
export function textOf(written: Buffer, { start, end }: JsonLeaf): string {
  const inside = written.toString('utf8', start + 1, end - 1);
  if (!inside.includes('\\')) return inside;
  const value = parseJson(`"${inside}"`);
  return typeof value === 'string' ? value : '';
}
