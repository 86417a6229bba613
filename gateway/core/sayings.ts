/** What the gateway says of itself, as data and in English. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { ProblemSaying } from '../../contract/rpc/problem-sayings.ts';
import { pluralForm } from '../../contract/rpc/plural-form.ts';
import { ENGLISH } from './saying-words.ts';

type Values = Told['values'];

/**
 * One saying as data.
 * @param wording the sentence where its English is another than the table has
 */
export function say(code: ProblemSaying, values: Values = {}, reason?: Told, wording?: string): Told {
  const all: Values = reason === undefined ? values : { ...values, words: reason.text };
  const text = wording ?? filled(pluralForm(ENGLISH[code], values['count']), all);
  return { code, values, text, ...(reason === undefined ? {} : { reason }) };
}

/** Puts values in, in one go: none is read for places of its own. Where one ends as a sentence, that mark does. */
export const filled = (sentence: string, values: Values): string =>
  sentence.replace(/\{(\w+)\}(\.?)/g, (place, name: string, mark: string) =>
    ended(String(values[name] ?? place.slice(0, place.length - mark.length)), mark),
  );

/** One sentence after the other. @param wording as `say` has it */
export const inSentences = (parts: readonly Told[], wording = joined(parts, ' ')): Told => ({
  code: 'sentences',
  values: {},
  text: wording,
  parts,
});

/** Clauses of one sentence. @param wording as `say` has it */
export const inOneList = (parts: readonly Told[], wording = joined(parts, '; ')): Told => ({
  code: 'listed',
  values: {},
  text: wording,
  parts,
});

const joined = (parts: readonly Told[], between: string): string =>
  parts.map(({ text }) => text).join(between);
const ended = (text: string, mark: string): string => (/[.?!]$/.test(text) ? text : text + mark);

/** What others say: it stays in their words. */
export const asSaid = (message: string): Told => say('as-said', { message });

/** Refusals of a system (errno(3), and the result codes of SQLite that mean the same). */
const REFUSALS: Readonly<Record<string, ProblemSaying>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  SQLITE_FULL: 'disk-full',
  EACCES: 'no-permission',
  EPERM: 'no-permission',
  SQLITE_PERM: 'no-permission',
  ENOENT: 'not-there',
  ENOTDIR: 'not-there',
  EROFS: 'read-only-disk',
  SQLITE_READONLY: 'read-only-disk',
  EMFILE: 'too-many-open',
  ENFILE: 'too-many-open',
  EADDRINUSE: 'port-in-use',
  EBUSY: 'locked-elsewhere',
  SQLITE_BUSY: 'locked-elsewhere',
};

/** Why something failed: of an error of ours its saying, of the system's what its code means. Its text is the message. */
export function causeOf(error: unknown): Told {
  if (!(error instanceof Error)) return asSaid(String(error));
  if ('told' in error && isTold(error.told)) return error.told;
  const code = 'code' in error && typeof error.code === 'string' ? REFUSALS[error.code] : undefined;
  return code === undefined ? asSaid(error.message) : say(code, {}, undefined, error.message);
}

function isTold(value: unknown): value is Told {
  return (
    typeof value === 'object' && value !== null && 'code' in value && 'text' in value && 'values' in value
  );
}
