/** What a form with files says, for whoever looks it through: its fields, and the names of its files. Pure. */
import { decodeText } from '../../core/json.ts';
import { splice, type Edit } from '../../core/splice.ts';
import { isKept, isMark, mayBeBytes, mayBeWord } from '../../guards/leaf-kinds.ts';
import type { Contents } from '../guarding.ts';
import { readForm, type FormPart } from './form.ts';

/** @param contentType of the form, with its boundary */
export const formContents = (contentType: string): Contents => ({
  *texts(body) {
    for (const { name, fileName, value } of readForm(body, contentType).parts) {
      const text = fileName ?? textAt(body, value);
      if (!isMark(listed(name), text, []) && (mayBeWord(text) || !mayBeBytes(listed(name), text))) yield text;
    }
  },
  *mask(body, mask) {
    const edits: Edit[] = [];
    for (const { name, fileName, value } of readForm(body, contentType).parts) {
      const text = textAt(body, value);
      if (fileName !== null || isKept(listed(name), text, [])) continue;
      const masked = yield* mask(text);
      if (masked !== text) edits.push({ ...value, text: masked });
    }
    return edits.length === 0 ? body : Buffer.concat(splice(body, edits).chunks);
  },
});

/** A field of several values may be called `image[]`. */
const listed = (name: string): string => name.replace(/\[\]$/, '');

const textAt = (body: Uint8Array, { start, end }: FormPart['value']): string =>
  decodeText(body.subarray(start, end));
