/** What is wrong with a body: a sentence for clients of the API, and the same as data for pages. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { ProblemSaying } from '../../contract/rpc/problem-sayings.ts';
import type { Allowed } from './allowed.ts';
import type { ErrorCode, GatewayError } from './errors.ts';
import { toldError } from './told-error.ts';

/**
 * What is wrong with one member.
 * @param sentence what clients of the API get
 */
export const fieldError = (
  code: ErrorCode,
  field: string,
  sentence: string,
  saying: ProblemSaying,
  values: Told['values'] = {},
): GatewayError => toldError(code, sentence, saying, { field, ...values }, { field });

/** @param found what it is instead, in words */
export function memberError(field: string, { words, saying, values }: Allowed, found: string): GatewayError {
  const sentence = `"${field}" must be ${words}, but it is ${found}.`;
  return fieldError('invalid_request', field, sentence, saying, values);
}

const LINE_FEED = 0x0a;

/** Where a byte of a text stands. */
export interface BytePlace {
  /** `byte 17 (line 2, column 4)`: the offset counts from 0. */
  readonly words: string;
  /** Both from 1; columns are bytes. */
  readonly values: { readonly line: number; readonly column: number };
}

/** Looked for once: a body may have many megabytes in front of its fault. */
export function placeAt(bytes: Uint8Array, at: number): BytePlace {
  let line = 1;
  let lineStart = 0;
  for (
    let end = bytes.indexOf(LINE_FEED);
    end !== -1 && end < at;
    end = bytes.indexOf(LINE_FEED, lineStart)
  ) {
    line += 1;
    lineStart = end + 1;
  }
  const column = at - lineStart + 1;
  return { words: `byte ${at} (line ${line}, column ${column})`, values: { line, column } };
}
