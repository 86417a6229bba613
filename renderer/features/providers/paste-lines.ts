/**
 * Reads many keys at once: lines of keys, `key:weight`, several with commas, lines of an .env file or a shell.
 * Each line is told by its number; what is wrong with one does not stop the others. Pure.
 */
import { isWeight } from './key-lines.ts';

export interface FoundKey {
  readonly kind: 'key';
  readonly line: number;
  readonly value: string;
  readonly weight: number;
  /** Variable it was assigned to; null for a bare key. */
  readonly name: string | null;
}

/** `other`: a variable that holds no key by its name. */
export interface LeftOut {
  readonly kind: 'characters' | 'weight' | 'twice' | 'other';
  readonly line: number;
  readonly name: string | null;
}

export type PastedLine = FoundKey | LeftOut;

const ASSIGNMENT = /^(?:export\s+|set\s+|\$env:)?([A-Z_][A-Z0-9_]*)\s*=\s*(.+)$/;
const QUOTED = /^(["'])(.*)\1\s*;?$/;
const KEY_NAME = /KEY|TOKEN|SECRET/;
/** A key is one printable word; a colon before a number at its end is a weight. */
const PART = /^([\x21-\x7e]+?)(?::(-?\d+(?:\.\d+)?))?$/;

/** @param weight of keys that bring none of their own */
export function readPaste(text: string, weight: number): readonly PastedLine[] {
  const seen = new Set<string>();
  return text.split('\n').flatMap((written, index) => {
    const line = index + 1;
    const trimmed = written.trim();
    if (trimmed === '' || trimmed.startsWith('#')) return [];
    const [, name = null, assigned = trimmed] = ASSIGNMENT.exec(trimmed) ?? [];
    if (name !== null && !KEY_NAME.test(name)) return [{ kind: 'other', line, name } as const];
    return partsOf(assigned, name !== null).map((part): PastedLine => {
      const [, value, ownWeight] = PART.exec(part) ?? [];
      if (value === undefined) return { kind: 'characters', line, name };
      const own = ownWeight === undefined ? weight : Number(ownWeight);
      if (!isWeight(own)) return { kind: 'weight', line, name };
      if (seen.has(value)) return { kind: 'twice', line, name };
      seen.add(value);
      return { kind: 'key', line, value, weight: own, name };
    });
  });
}

function partsOf(text: string, isAssigned: boolean): readonly string[] {
  const quoted = QUOTED.exec(text)?.[2];
  const bare = quoted ?? (isAssigned ? text.replace(/\s+#.*$/, '') : text);
  return bare
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** A line with something wrong, which was meant to be a key. */
export const isFaulty = ({ kind }: PastedLine): boolean => kind === 'characters' || kind === 'weight';

/** What is left to mend once the good keys are added: the lines with something wrong, as they were written. */
export function withoutFound(text: string, lines: readonly PastedLine[]): string {
  const bad = new Set(lines.filter(isFaulty).map(({ line }) => line));
  return text
    .split('\n')
    .filter((_line, index) => bad.has(index + 1))
    .join('\n');
}

/** `…a1b2`, as the gateway will show it; short ones show nothing. */
export function endOf(value: string): string {
  return value.length < 12 ? '…' : `…${value.slice(-4)}`;
}
