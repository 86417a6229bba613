/** Two texts as a unified diff. Pure. */

/** Lines around a change. */
const AROUND = 3;
/** Longer stretches of change are told as one. */
const MOST_COMPARED = 1_000;

type Mark = ' ' | '-' | '+';
interface Line {
  readonly mark: Mark;
  readonly text: string;
}

/** @returns lines without their ends; none where the texts are the same */
export function unifiedDiff(before: string | null, after: string | null, path: string): readonly string[] {
  const lines = compare(linesOf(before), linesOf(after));
  const near = new Set(
    lines.flatMap(({ mark }, index) =>
      mark === ' ' ? [] : Array.from({ length: 2 * AROUND + 1 }, (_, step) => index + step - AROUND),
    ),
  );
  if (near.size === 0) return [];
  const name = (text: string | null): string => (text === null ? '/dev/null' : path);
  return [`--- ${name(before)}`, `+++ ${name(after)}`, ...hunksOf(lines, near).flatMap(hunkText)];
}

interface Hunk {
  readonly oldLine: number;
  readonly newLine: number;
  readonly lines: Line[];
}

function hunksOf(lines: readonly Line[], near: ReadonlySet<number>): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let [oldLine, newLine] = [1, 1];
  lines.forEach((line, index) => {
    if (near.has(index)) {
      const open = index > 0 && near.has(index - 1) ? hunks.at(-1) : undefined;
      if (open === undefined) hunks.push({ oldLine, newLine, lines: [line] });
      else open.lines.push(line);
    }
    if (line.mark !== '+') oldLine += 1;
    if (line.mark !== '-') newLine += 1;
  });
  return hunks;
}

function hunkText({ oldLine, newLine, lines }: Hunk): readonly string[] {
  const side = (first: number, other: Mark): string => {
    const count = lines.filter(({ mark }) => mark !== other).length;
    return `${count === 0 ? first - 1 : first},${count}`;
  };
  return [
    `@@ -${side(oldLine, '+')} +${side(newLine, '-')} @@`,
    ...lines.map(({ mark, text }) => `${mark}${text}`),
  ];
}

function linesOf(text: string | null): readonly string[] {
  if (text === null || text === '') return [];
  // The end of the last line begins no other.
  return text.replace(/\r?\n$/, '').split(/\r?\n/);
}

function compare(before: readonly string[], after: readonly string[]): readonly Line[] {
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start += 1;
  let end = 0;
  const room = Math.min(before.length, after.length) - start;
  while (end < room && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const same = (texts: readonly string[]): readonly Line[] => texts.map((text) => ({ mark: ' ', text }));
  return [
    ...same(before.slice(0, start)),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...same(before.slice(before.length - end)),
  ];
}

/** By the longest run of lines that both have. */
function middle(before: readonly string[], after: readonly string[]): readonly Line[] {
  const wholly: readonly Line[] = [
    ...before.map((text): Line => ({ mark: '-', text })),
    ...after.map((text): Line => ({ mark: '+', text })),
  ];
  if (before.length > MOST_COMPARED || after.length > MOST_COMPARED) return wholly;
  const longest = Array.from({ length: before.length + 1 }, () =>
    Array.from({ length: after.length + 1 }, () => 0),
  );
  const at = (row: number, column: number): number => longest[row]?.[column] ?? 0;
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      const cells = longest[row];
      if (cells === undefined) continue;
      cells[column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const lines: Line[] = [];
  let [row, column] = [0, 0];
  while (row < before.length || column < after.length) {
    const [old, next] = [before[row], after[column]];
    if (old !== undefined && old === next) {
      lines.push({ mark: ' ', text: old });
      row += 1;
      column += 1;
    } else if (old !== undefined && (next === undefined || at(row + 1, column) >= at(row, column + 1))) {
      lines.push({ mark: '-', text: old });
      row += 1;
    } else {
      lines.push({ mark: '+', text: next ?? '' });
      column += 1;
    }
  }
  return lines;
}
