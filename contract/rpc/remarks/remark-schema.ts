/** Remarks as files and databases hold them: as data, or as the English sentence alone that older versions wrote. */
import * as z from 'zod/mini';
import { readKeyText } from '../../log/key-name.ts';
import type { Told } from '../connect-sayings.ts';
import { PROBLEM_SAYINGS, type ProblemSaying } from '../problem-sayings.ts';
import { placesOf, quoted, REMARKS, type Remark } from './remark.ts';

/** Sayings within one another: what stands deeper was not written by a gateway, and is left out. */
const DEEPEST = 5;

interface Stored {
  readonly code: string;
  readonly values: Told['values'];
  readonly text: string;
  readonly reason?: Stored | undefined;
  readonly parts?: readonly Stored[] | undefined;
}

const one = {
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  text: z.string(),
};
const storedOf = (depth: number): z.ZodMiniType<Stored> =>
  depth === 0
    ? z.object(one)
    : z.object({
        ...one,
        reason: z.optional(storedOf(depth - 1)),
        parts: z.optional(z.readonly(z.array(storedOf(depth - 1)))),
      });
const stored = z.union([z.string(), storedOf(DEEPEST)]);

/** What is not known here is quoted: a newer version may have written it. */
export const remarkSchema = z.pipe(stored, z.transform(remarkOf));

function remarkOf(found: z.output<typeof stored>): Told {
  if (typeof found === 'string') return quoted(found);
  return toldOf(found) ?? quoted(found.text);
}

/** @returns undefined where a page would have no words for all of it */
function toldOf(found: Stored): Told | undefined {
  const { code, values, text, reason, parts } = ofToday(found);
  if (!isKnown(code)) return undefined;
  const within = reason === undefined ? undefined : toldOf(reason);
  const listed = parts?.flatMap((part) => toldOf(part) ?? []);
  if ((reason !== undefined && within === undefined) || listed?.length !== parts?.length) return undefined;
  if (isRemark(code) && listed === undefined && !isFilled(code, values, within)) return undefined;
  return {
    code,
    values,
    text,
    ...(within === undefined ? {} : { reason: within }),
    ...(listed === undefined ? {} : { parts: listed }),
  };
}

/** Older rows name a key with its provider, in one English text. */
function ofToday(found: Stored): Stored {
  const { code, values } = found;
  if ((code !== 'full-key' && code !== 'full-key-for') || typeof values['name'] !== 'string') return found;
  const { name, ...others } = values;
  const { provider, keyFingerprint: key } = readKeyText(name);
  if (key === null) return { ...found, code: NO_KEY[code], values: { ...others, provider } };
  return { ...found, values: { ...others, provider, key } };
}
const NO_KEY = { 'full-key': 'full-place', 'full-key-for': 'full-place-for' } as const;

/** Nothing is missing that the sentence has a place for. */
const isFilled = (code: Remark, values: Told['values'], words: Told | undefined): boolean =>
  placesOf(code).every((name) => Object.hasOwn(values, name) || (name === 'words' && words !== undefined));

const isKnown = (code: string): code is Remark | ProblemSaying => isRemark(code) || isProblem(code);
const isRemark = (code: string): code is Remark => Object.hasOwn(REMARKS, code);
const isProblem = (code: string): code is ProblemSaying => PROBLEM_SAYINGS.some((known) => known === code);
