/** A request's body with placeholders in place of what must not leave. Bytes that need no change stay as they are. Pure. */
import { jsonLeaves, type JsonLeaf } from '../core/json-leaves.ts';
import { splice, type Edit } from '../core/splice.ts';
import { isJson, textOf } from './body-texts.ts';
import { isDataUrl, isFree, isKept, mayBeBytes } from './leaf-kinds.ts';

/** Makes a text fit to leave; the very same where it is. */
export type MaskText = (text: string) => Generator<undefined, string>;

/** @param bytes a whole JSON document @returns the very same bytes where nothing is masked */
export const maskedBody = (bytes: Uint8Array, mask: MaskText): Generator<undefined, Uint8Array> =>
  maskedLeaves(bytes, mask, ({ path }) => isFree(path));

/** @param free the leaf lies in what a tool is given or gives back: all of it is content */
function* maskedLeaves(
  bytes: Uint8Array,
  mask: MaskText,
  free: (leaf: JsonLeaf) => boolean,
): Generator<undefined, Uint8Array> {
  const edits: Edit[] = [];
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (const leaf of jsonLeaves(bytes)) {
    yield undefined;
    const { kind, start, end, name, path } = leaf;
    const content = free(leaf);
    if (kind === 'name' || (!content && kind === 'number')) continue;
    const value = kind === 'number' ? text.toString('latin1', start, end) : textOf(text, leaf);
    if (content ? isDataUrl(value) : isKept(name, value, path) || mayBeBytes(name, value)) continue;
    const masked = yield* maskedText(value, name === 'arguments', mask);
    if (masked !== value) edits.push({ start, end, text: JSON.stringify(masked) });
  }
  return edits.length === 0 ? bytes : Buffer.concat(splice(bytes, edits).chunks);
}

/**
 * What a text that is JSON says is masked as such, for it stands there with escapes.
 * @param keepJson arguments of a tool have to stay JSON
 */
function* maskedText(text: string, keepJson: boolean, mask: MaskText): Generator<undefined, string> {
  if (!isJson(text)) return yield* mask(text);
  const bytes = Buffer.from(text);
  const masked = yield* maskedLeaves(bytes, mask, () => true);
  const within = masked === bytes ? text : Buffer.from(masked).toString();
  return keepJson ? within : yield* mask(within);
}
