/** Reads the text out of `{"input": "..."}` while it is still being written, piece by piece. */
import { raisedInput } from './custom-tools.ts';

/** The beginning that models write, in whatever spacing. */
const BEGINNING = /^\s*\{\s*"input"\s*:\s*"/;
/** More than this without that beginning is something else. */
const LONGEST_BEGINNING = 64;

/** What may stand behind the text, from its closing quote on. Another quote is one within it that was not escaped. */
const CLOSED = /^"\s*(?:\}|,\s*"|$)/;

export interface InputReader {
  /** @returns what of the text is known now and was not before */
  readonly push: (piece: string) => string;
  /** The arguments are whole. @returns what is still owed; undefined for a text that was never closed */
  readonly end: () => string | undefined;
}

export function createInputReader(): InputReader {
  let all = '';
  /** Offset behind what has been read; -1 while the beginning is not there. */
  let at = -1;
  let closed = false;

  function push(piece: string): string {
    all += piece;
    if (at === -1) {
      const beginning = all.length <= LONGEST_BEGINNING || piece === all ? BEGINNING.exec(all) : null;
      if (beginning === null) return '';
      at = beginning[0].length;
    }
    const end = closed ? at : wholeUntil(all, at);
    const text: unknown = JSON.parse(`"${all.slice(at, end)}"`);
    at = end;
    closed ||= all[end] === '"';
    return typeof text === 'string' ? text : '';
  }

  return {
    push,
    end() {
      // Whatever was no such object is taken as it is.
      if (at === -1) return raisedInput(all);
      const rest = all.slice(at);
      if (CLOSED.test(rest)) return '';
      const ended = rest.trimEnd().replace(/\}$/, '').trimEnd();
      return ended.endsWith('"') ? asWritten(ended.slice(0, -1)) : undefined;
    },
  };
}

/** Where to stop: at the closing quote, or before an escape or half a character that is not all there yet. */
function wholeUntil(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '"') {
    if (text[at] !== '\\') {
      const code = text.charCodeAt(at);
      // JSON allows no control characters; what follows one cannot be read.
      if (code < 0x20 || (at === text.length - 1 && isHigh(code))) return at;
      at += 1;
      continue;
    }
    const length = text[at + 1] === 'u' ? 6 : 2;
    if (at + length > text.length || !isEscape(text.slice(at, at + length))) return at;
    const high = /^\\u[dD][89abAB]/.test(text.slice(at, at + 4));
    // A pair of surrogates is one character and goes out as one.
    if (high && at + 12 > text.length) return at;
    at += length;
  }
  return at;
}

/** Models write `\d` and ends of lines into texts of JSON: what JSON does not know is meant as it stands. */
const asWritten = (text: string): string =>
  text.replaceAll(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/g, (escape) => String(JSON.parse(`"${escape}"`)));

const isEscape = (text: string): boolean => /^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})$/.test(text);
const isHigh = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;
