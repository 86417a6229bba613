/** Where the statements of a TOML text stand. The text is known to be right: `smol-toml` has read it before. */

/** One `key = value`, at the top of a line or in an inline table. */
export interface TomlPair {
  /** From the root of the document, the header of its table included. */
  readonly path: readonly string[];
  /** Path of the table or inline table it is written in. */
  readonly home: readonly string[];
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly start: number;
  readonly end: number;
  readonly inline: boolean;
  /** Whether its value is `{ … }`. */
  readonly table: boolean;
}

export interface TomlHeader {
  readonly path: readonly string[];
  /** `[[ … ]]`, or below one. */
  readonly list: boolean;
  readonly start: number;
  readonly end: number;
}

export interface TomlStatements {
  readonly pairs: readonly TomlPair[];
  readonly headers: readonly TomlHeader[];
}

const BLANK = /(?:[ \t\r\n]|#[^\n]*)*/y;
const SPACE = /[ \t]*/y;
const KEY = /"(?:\\.|[^"\\])*"|'[^']*'|[A-Za-z0-9_-]+/y;
const STRING = /"""(?:\\[^]|[^\\])*?"""(?:"{0,2})|'''[^]*?'''(?:'{0,2})|"(?:\\.|[^"\\])*"|'[^']*'/y;
const BARE = /[^,\]}#\r\n]*/y;

export function scanToml(text: string): TomlStatements {
  const scanner = new Scanner(text);
  scanner.document();
  return { pairs: scanner.pairs, headers: scanner.headers };
}

class Scanner {
  readonly pairs: TomlPair[] = [];
  readonly headers: TomlHeader[] = [];
  readonly #text: string;
  #at = 0;
  /** Numbers the tables of lists, that no two have the same path. */
  #lists = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): void {
    let table: readonly string[] = [];
    this.#take(BLANK);
    while (this.#at < this.#text.length) {
      if (this.#text[this.#at] === '[') table = this.#header();
      else this.#pair(table, false);
      this.#take(BLANK);
    }
  }

  #header(): readonly string[] {
    const start = this.#at;
    const list = this.#text.startsWith('[[', start);
    this.#at += list ? 2 : 1;
    const named = this.#key();
    this.#at += list ? 2 : 1;
    const inside = this.headers.some(
      (each) => each.list && each.path.every((part, at) => named[at] === part),
    );
    this.headers.push({ path: named, list: list || inside, start, end: this.#at });
    // Tables of a list are out of reach of a path of names.
    this.#lists += 1;
    return list || inside ? [`\0${this.#lists}`] : named;
  }

  #pair(home: readonly string[], inline: boolean): void {
    const keyStart = this.#at;
    const path = [...home, ...this.#key()];
    const keyEnd = this.#at;
    this.#at += 1;
    this.#take(SPACE);
    const start = this.#at;
    const index = this.pairs.length;
    const table = this.#value(path);
    const end = this.#at;
    this.pairs.splice(index, 0, { path, home, keyStart, keyEnd, start, end, inline, table });
  }

  /** Parts of a dotted key; stands behind it and the white space after. */
  #key(): readonly string[] {
    const parts: string[] = [];
    for (;;) {
      this.#take(SPACE);
      parts.push(keyPart(this.#take(KEY)));
      this.#take(SPACE);
      if (this.#text[this.#at] !== '.') return parts;
      this.#at += 1;
    }
  }

  /** @returns whether it was an inline table */
  #value(path: readonly string[]): boolean {
    const first = this.#text[this.#at];
    if (first === '"' || first === "'") this.#take(STRING);
    else if (first === '[') this.#members(']', () => this.#value([`\0${(this.#lists += 1)}`]));
    else if (first === '{') {
      this.#members('}', () => this.#pair(path, true));
      return true;
    } else {
      const bare = this.#take(BARE);
      this.#at -= bare.length - bare.trimEnd().length;
    }
    return false;
  }

  #members(close: string, member: () => unknown): void {
    this.#at += 1;
    this.#take(BLANK);
    while (this.#text[this.#at] !== close && this.#at < this.#text.length) {
      member();
      this.#take(BLANK);
      if (this.#text[this.#at] === ',') this.#at += 1;
      this.#take(BLANK);
    }
    this.#at += 1;
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const taken = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += taken.length;
    return taken;
  }
}

/** A key without its quotes; what is escaped in it is read as JSON has it. */
function keyPart(written: string): string {
  if (written.startsWith("'")) return written.slice(1, -1);
  if (!written.startsWith('"')) return written;
  try {
    const value: unknown = JSON.parse(written);
    return String(value);
  } catch {
    return written.slice(1, -1);
  }
}

export const within = (inner: TomlPair, outer: TomlPair): boolean =>
  inner.keyStart >= outer.start && inner.end <= outer.end;

export const startsWith = (path: readonly string[], head: readonly string[]): boolean =>
  head.every((part, at) => path[at] === part);

export const same = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && startsWith(left, right);
