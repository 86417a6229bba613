/**
 * Finds the entries of a HAR or JSONL file in pieces of its text. Neither the file nor what surrounds the entries
 * is ever held, so its size does not matter; one entry is, up to a limit. Pure.
 */
import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import { say } from '../../core/sayings.ts';

/** An entry as text; null for one that is longer than is read. */
export type SplitEntry = string | null;

export interface EntrySplitter {
  /** @returns the entries that ended in this piece */
  push(text: string): readonly SplitEntry[];
  /** The file has ended. @returns the last entry, where nothing had told its end */
  end(): { readonly entries: readonly SplitEntry[]; readonly problem: Told | null };
}

/** Characters of one entry. Two bodies of 2 MB are below it however they are escaped. */
export const LONGEST_ENTRY = 32_000_000;
/** A file says in its first characters what it is. */
const LONGEST_BEGINNING = 10_000;

/** What the file begins with: the name of the first member. */
const BEGINNING = /^\uFEFF?\s*\{\s*"([^"\\]*)"\s*:/;

export function createEntrySplitter(longest = LONGEST_ENTRY): EntrySplitter {
  let beginning = '';
  let splitter: EntrySplitter | undefined;
  return {
    push(text) {
      if (splitter !== undefined) return splitter.push(text);
      if (beginning.length >= LONGEST_BEGINNING) return [];
      beginning += text;
      const name = BEGINNING.exec(beginning)?.[1];
      if (name === undefined) return [];
      splitter = name === 'row' ? createLineSplitter(longest) : createHarSplitter(longest);
      return splitter.push(beginning.replace(/^\uFEFF/, ''));
    },
    end: () => splitter?.end() ?? { entries: [], problem: say('file-no-requests') },
  };
}

/** Text of one entry while it comes. */
function createHeld(longest: number) {
  let parts: string[] = [];
  let length = 0;
  return {
    add(text: string): void {
      length += text.length;
      if (length <= longest) parts.push(text);
      else parts = [];
    },
    take(): SplitEntry {
      const entry = length > longest ? null : parts.join('');
      parts = [];
      length = 0;
      return entry;
    },
  };
}

function createLineSplitter(longest: number): EntrySplitter {
  const held = createHeld(longest);
  const isLine = (entry: SplitEntry): boolean => entry === null || entry.trim() !== '';
  return {
    push(text) {
      const lines = text.split('\n');
      const last = lines.pop() ?? '';
      const entries = lines.map((line) => {
        held.add(line);
        return held.take();
      });
      held.add(last);
      return entries.filter(isLine);
    },
    end: () => ({ entries: [held.take()].filter(isLine), problem: null }),
  };
}

/** What is of interest outside of strings, and inside of them. */
const STRUCTURE = /["{}[\]:,]/g;
const STRING_END = /["\\]/g;
/** Depth at which the entries of `{"log":{"entries":[…]}}` stand. */
const ENTRY_DEPTH = 3;

function createHarSplitter(longest: number): EntrySplitter {
  const held = createHeld(longest);
  let depth = 0;
  let inString = false;
  /** The next character is part of an escape. */
  let escaped = false;
  /** The last string at the depths where names matter, and the names that were given there. */
  let string = '';
  const names: string[] = [];
  let among = false;
  let found = false;
  /** Of the entry that is being read; it began in this piece or before. */
  let reading = false;

  function scan(text: string): readonly SplitEntry[] {
    const entries: SplitEntry[] = [];
    let start = 0;
    let at = 0;
    while (at < text.length) {
      if (escaped) {
        escaped = false;
        at += 1;
        continue;
      }
      const pattern = inString ? STRING_END : STRUCTURE;
      pattern.lastIndex = at;
      const index = pattern.exec(text)?.index ?? text.length;
      if (inString && depth < ENTRY_DEPTH && string.length < 20) string += text.slice(at, index);
      at = index + 1;
      if (index === text.length) break;
      const character = text[index];
      if (inString) {
        if (character === '\\') escaped = true;
        else inString = false;
      } else if (character === '"') {
        inString = true;
        if (depth < ENTRY_DEPTH) string = '';
      } else if (character === ':') {
        if (depth < ENTRY_DEPTH) names[depth] = string;
      } else if (character === '{' || character === '[') {
        if (among && depth === ENTRY_DEPTH) {
          reading = true;
          start = index;
        }
        depth += 1;
        if (character === '[' && depth === ENTRY_DEPTH && names[1] === 'log' && names[2] === 'entries') {
          among = true;
          found = true;
        }
      } else if (character === '}' || character === ']') {
        depth = Math.max(0, depth - 1);
        if (reading && depth === ENTRY_DEPTH) {
          held.add(text.slice(start, at));
          entries.push(held.take());
          reading = false;
        }
        if (depth < ENTRY_DEPTH) among = false;
      }
    }
    if (reading) held.add(text.slice(start));
    return entries;
  }

  return {
    push: scan,
    end() {
      if (!found) return { entries: [], problem: say('file-no-requests') };
      return { entries: [], problem: depth === 0 ? null : say('file-cut') };
    },
  };
}
