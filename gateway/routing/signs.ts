/** By which signs a row of the outcome table knows an answer. Pure. */
import type { UpstreamError } from '../core/upstream-error.ts';

/** What is given must all be there. */
export interface Signs {
  /** The status the error means, see effective-status.ts. */
  readonly status?: readonly number[];
  /** One of these is the code, the type, or a code in the details; letter case does not matter. */
  readonly named?: readonly string[];
  /** None of these is. */
  readonly notNamed?: readonly string[];
  /** One of these is the code, whatever the type says. */
  readonly code?: readonly string[];
  /** In what the other side says itself. */
  readonly words?: RegExp;
  readonly notWords?: RegExp;
  /** A detail by its lower-case name, with what its value looks like. */
  readonly detail?: readonly [name: string, value: RegExp];
  /** A page for people came instead of an error. */
  readonly page?: true;
}

/** @param error with the status it means */
export function showsSigns(error: UpstreamError, signs: Signs): boolean {
  const { status, named, notNamed, code, words, notWords, detail, page } = signs;
  if (status !== undefined && !status.includes(error.status)) return false;
  if (page === true && error.page === undefined) return false;
  if (code !== undefined && !code.includes(error.code.toLowerCase())) return false;
  if (named !== undefined && !isNamed(error, named)) return false;
  if (notNamed !== undefined && isNamed(error, notNamed)) return false;
  if (words !== undefined || notWords !== undefined) {
    const said = ownWords(error.message);
    if (words?.test(said) === false || notWords?.test(said) === true) return false;
  }
  return detail === undefined || detail[1].test(error.details[detail[0]] ?? '');
}

/**
 * vLLM and others that check types repeat the place and the input they refuse: `'loc': ('body', ...), 'input': '...'`.
 * Somebody's question about an empty account is no word of theirs.
 */
const REPEATED = /['"](?:loc|input)['"]: /;

function ownWords(message: string): string {
  const at = message.search(REPEATED);
  return at === -1 ? message : message.slice(0, at);
}

function isNamed({ code, type, details }: UpstreamError, names: readonly string[]): boolean {
  const own = [code, type, details['error_type'], details['error_code']].map((name) => name?.toLowerCase());
  return names.some((name) => own.includes(name.toLowerCase()));
}
