/**
 * Takes secrets out of text before it is written or shown: every registered value in the shapes it
 * travels in, and the values of fields that are known to hold credentials. Pure and fast: a few
 * microseconds per kilobyte, however many secrets there are.
 */
import { secretReplacer } from './redact-secrets.ts';

/** What stands in the place of a secret. */
export const REDACTED = '[redacted]';

export interface Redactor {
  /**
   * The text without secrets; the same string when there were none. Give it assembled text: a secret cut
   * in two by a chunk boundary is found only after the chunks are joined.
   */
  text(value: string): string;
  /** The text without registered values alone: for words that a person reads, where a field's name says nothing. */
  values(value: string): string;
}

const HEADER_NAMES = 'proxy-authorization|authorization|x-goog-api-key|x-api-key|api-key';
const MEMBER_NAMES = `${HEADER_NAMES}|set-cookie|cookie|api_?key|password|passwd|client_?secret|secret_?key|access_?token|refresh_?token`;

/** `"api_key": "…"`; the closing quote is not needed, so a cut body keeps no tail of a secret either. */
const MEMBER = new RegExp(`"(${MEMBER_NAMES})"(\\s*:\\s*)"(?:[^"\\\\]|\\\\.)+`, 'gis');

/** The same inside a JSON text that is itself a JSON string, as the arguments of a tool call are. */
const ESCAPED_MEMBER = new RegExp(
  `\\\\"(${MEMBER_NAMES})\\\\"(\\s*:\\s*)\\\\"(?:[^"\\\\]|\\\\\\\\(?:\\\\.|[^\\\\"]))+`,
  'gis',
);

/** `Authorization: Bearer …` in a log line, a curl command or a printed object. */
const HEADER_LINE = new RegExp(
  `\\b(${HEADER_NAMES})(["']?[ \\t]*[:=][ \\t]*["']?)(?:(?:bearer|basic|token)[ \\t]+)?[^\\s"'\\\\,;]+`,
  'gi',
);

/**
 * `Cookie: a=b; c=d`; a name and a value are asked for so that prose about cookies stays. A name holds no colon and
 * has an end, or each `cookie:` of a long line of them would be read to the end of that line.
 */
const COOKIE_LINE = /\b(set-cookie|cookie)(["']?[ \t]*[:=][ \t]*["']?)[^\s=;:,"'\\]{1,256}=[^\r\n"'\\]*/gi;

/** Keys in an address: Gemini takes its key as `?key=`. */
const QUERY_KEY = /([?&](?:key|api_?key|access_token|token)=)[^&\s"'\\#]+/gi;

/** What every field above has in its name: nearly all texts hold none of it and are looked through once. */
const FIELD =
  /authorization|api[-_]?key|cookie|passw(?:or)?d|client_?secret|secret_?key|(?:access|refresh)_?token|[?&](?:key|token)=/i;

/** @param secrets the values in clear; empty and very short ones are passed over */
export function createRedactor(secrets: readonly string[]): Redactor {
  const values = secretReplacer(secrets, REDACTED);
  return {
    values,
    text(value) {
      const named = values(value);
      if (!FIELD.test(named)) return named;
      return named
        .replace(MEMBER, `"$1"$2"${REDACTED}`)
        .replace(ESCAPED_MEMBER, `\\"$1\\"$2\\"${REDACTED}`)
        .replace(HEADER_LINE, `$1$2${REDACTED}`)
        .replace(COOKIE_LINE, `$1$2${REDACTED}`)
        .replace(QUERY_KEY, `$1${REDACTED}`);
    },
  };
}
