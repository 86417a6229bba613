/** How the user laid out a YAML text, and changes to its lines that respect it. */

export interface Layout {
  /** Spaces per level. */
  readonly indent: number;
  /** Lists inside a mapping are indented, not flush with its names. */
  readonly indentSeq: boolean;
  /** `{ a: 1 }` rather than `{a: 1}`. */
  readonly flowCollectionPadding: boolean;
}

/** Reads the layout off the first place that shows it. */
export function detectLayout(text: string): Layout {
  const lines = text.split('\n').filter((line) => !/^\s*(?:#|$)/.test(line));
  const nested = lines.findIndex(
    (line, index) => /^[^\s-].*:\s*(?:#.*)?$/.test(line) && /^ +\S/.test(lines[index + 1] ?? ''),
  );
  const indent = /^ +/.exec(lines[nested + 1] ?? '')?.[0].length ?? 2;
  return {
    indent: nested === -1 ? 2 : Math.min(8, Math.max(1, indent)),
    indentSeq: !lines.some(
      (line, index) => /^[^\s-].*:\s*(?:#.*)?$/.test(line) && /^- /.test(lines[index + 1] ?? ''),
    ),
    flowCollectionPadding: !/\{\S/.test(text.replaceAll('${', '')),
  };
}

/**
 * Brings the difference between two formatted versions of a text into the text itself, so that lines which are
 * not concerned stay as they are. Empty lines are not compared: formatting joins several into one.
 * @param original as the user wrote it
 * @param before the same content, formatted
 * @param after the changed content, formatted alike
 * @returns undefined when the lines of `original` and `before` do not correspond
 */
export function patchLines(original: string, before: string, after: string): string | undefined {
  const [written, old, wanted] = [split(original), split(before), split(after)];
  if (written.filled.length !== old.filled.length) return undefined;
  const limit = Math.min(old.filled.length, wanted.filled.length);
  let head = 0;
  while (head < limit && same(old, wanted, head, head)) head += 1;
  let tail = 0;
  while (
    tail < limit - head &&
    same(old, wanted, old.filled.length - 1 - tail, wanted.filled.length - 1 - tail)
  ) {
    tail += 1;
  }
  const from = lineAfter(written, head);
  const to = Math.max(from, lineAfter(written, written.filled.length - tail));
  const replacement = wanted.lines.slice(
    lineAfter(wanted, head),
    Math.max(lineAfter(wanted, head), lineAfter(wanted, wanted.filled.length - tail)),
  );
  return [...written.lines.slice(0, from), ...replacement, ...written.lines.slice(to)].join('\n');
}

interface Lines {
  readonly lines: readonly string[];
  /** Positions of the lines that are not empty. */
  readonly filled: readonly number[];
}

function split(text: string): Lines {
  const lines = text.split('\n');
  return { lines, filled: lines.flatMap((line, index) => (line.trim() === '' ? [] : [index])) };
}

function same(left: Lines, right: Lines, leftIndex: number, rightIndex: number): boolean {
  return left.lines[left.filled[leftIndex] ?? -1] === right.lines[right.filled[rightIndex] ?? -1];
}

/** Position behind the first `count` filled lines. */
function lineAfter({ filled }: Lines, count: number): number {
  return count === 0 ? 0 : (filled[count - 1] ?? -1) + 1;
}
