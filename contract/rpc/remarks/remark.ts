/**
 * What the gateway says of a request it had to change, or could not answer: a code, its values and the English sentence. Pages have words
 * for each code. The tables are the one place of the English; that of `en.json` is compared with it.
 */
import type { Told } from '../connect-sayings.ts';
import { ASKED } from './asked-words.ts';
import { FAILED } from './failed-words.ts';
import { READ } from './read-words.ts';
import { REFUSED } from './refused-words.ts';
import { ON_THE_WAY } from './way-words.ts';
import { WRITTEN } from './written-words.ts';

export const REMARKS = { ...READ, ...WRITTEN, ...ON_THE_WAY, ...FAILED, ...REFUSED, ...ASKED };
export type Remark = keyof typeof REMARKS;

/** Names of the values that a sentence has places for. */
type Places<Sentence extends string> = Sentence extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Places<Rest>
  : never;
type PlacesOf<Code extends Remark> = Places<(typeof REMARKS)[Code]>;
type Values<Names extends string> = Readonly<Record<Names, string | number>>;

/** All values of a sentence, and only those; `{words}` is another saying. */
type Given<Code extends Remark> = [PlacesOf<Code>] extends [never]
  ? []
  : 'words' extends PlacesOf<Code>
    ? [values: Values<Exclude<PlacesOf<Code>, 'words'>>, words: Told]
    : [values: Values<PlacesOf<Code>>];

/** One remark as data. Values are shown as they are: whoever makes one cuts what strangers wrote. */
export function remark<Code extends Remark>(code: Code, ...given: Given<Code>): Told;
export function remark(code: Remark, values: Told['values'] = {}, words?: Told): Told {
  const all: Told['values'] = words === undefined ? values : { ...values, words: words.text };
  // In one go: a value is never read for places of its own. Where one ends as a sentence, that mark does.
  const text = REMARKS[code].replace(/\{(\w+)\}(\.?)/g, (place, name: string, mark: string) => {
    const value = String(all[name] ?? place);
    return /[.?!]$/.test(value) ? value : value + mark;
  });
  return { code, values, text, ...(words === undefined ? {} : { reason: words }) };
}

/** Names of the values that the sentence of a code has places for. */
export const placesOf = (code: Remark): readonly string[] =>
  [...REMARKS[code].matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

/** Keys that have no room, one after the other. */
export function fullKeys(keys: readonly Told[]): Told {
  const [only] = keys;
  if (only !== undefined && keys.length === 1) return only;
  return { code: 'full-keys', values: {}, text: keys.map(({ text }) => text).join(', '), parts: keys };
}

/** What older versions wrote, and nobody has words for: a quotation. */
export const quoted = (message: string): Told => remark('in-english', { message });
