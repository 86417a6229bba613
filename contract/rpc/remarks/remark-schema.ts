/** Remarks as files and databases hold them: as data, or as the English sentence alone that older versions wrote. */
import * as z from 'zod/mini';
import type { Told } from '../connect-sayings.ts';
import { PROBLEM_SAYINGS, type ProblemSaying } from '../problem-sayings.ts';
import { quoted, REMARKS, type Remark } from './remark.ts';

const one = {
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  text: z.string(),
};
/** As deep as remarks are: a sentence, what it has inside it, and that as a list. */
const inner = z.object({ ...one, parts: z.optional(z.readonly(z.array(z.object(one)))) });
const stored = z.union([z.string(), z.object({ ...one, reason: z.optional(inner) })]);

/** What is not known here is quoted: a newer version may have written it. */
export const remarkSchema = z.pipe(stored, z.transform(remarkOf));

function remarkOf(found: z.output<typeof stored>): Told {
  if (typeof found === 'string') return quoted(found);
  return toldOf(found) ?? quoted(found.text);
}

interface Stored {
  readonly code: string;
  readonly values: Told['values'];
  readonly text: string;
  readonly reason?: Stored | undefined;
  readonly parts?: readonly Stored[] | undefined;
}

/** @returns undefined where a page would have no words for all of it */
function toldOf({ code, values, text, reason, parts }: Stored): Told | undefined {
  if (!isRemark(code) && !isProblem(code)) return undefined;
  const within = reason === undefined ? undefined : toldOf(reason);
  const listed = parts?.flatMap((part) => toldOf(part) ?? []);
  if ((reason !== undefined && within === undefined) || listed?.length !== parts?.length) return undefined;
  return {
    code,
    values,
    text,
    ...(within === undefined ? {} : { reason: within }),
    ...(listed === undefined ? {} : { parts: listed }),
  };
}

const isRemark = (code: string): code is Remark => Object.hasOwn(REMARKS, code);
const isProblem = (code: string): code is ProblemSaying => PROBLEM_SAYINGS.some((known) => known === code);
