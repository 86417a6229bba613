/** What differs between two texts: by lines, and in lines that stand for each other by words. Pure. */
import { diffArrays, diffWordsWithSpace } from 'diff';

export interface Mark {
  readonly text: string;
  readonly changed: boolean;
}

export interface DiffLine {
  readonly kind: 'same' | 'gone' | 'new';
  /** Number of the line in each text, from 1; null where it has none. */
  readonly left: number | null;
  readonly right: number | null;
  readonly marks: readonly Mark[];
}

/** Characters of a line whose words are compared, and steps the comparison of lines may take. */
const LONGEST_LINE = 2_000;
const MOST_EDITS = 4_000;
/** Equal lines shown on either side of a difference. */
const AROUND = 3;

/** @returns null where the texts are too different to be worth comparing */
export function diffTexts(left: string, right: string): readonly DiffLine[] | null {
  const changes = diffArrays(left.split('\n'), right.split('\n'), { maxEditLength: MOST_EDITS });
  if (changes === undefined) return null;
  const lines: DiffLine[] = [];
  let leftAt = 0;
  let rightAt = 0;
  for (const [place, change] of changes.entries()) {
    if (change.added) {
      const before = changes[place - 1];
      const gone = before?.removed === true ? before.value : [];
      for (const [index, text] of change.value.entries()) {
        const marks = marksOf(gone[index], text, 'new');
        lines.push({ kind: 'new', left: null, right: ++rightAt, marks });
      }
    } else if (change.removed) {
      const after = changes[place + 1];
      const come = after?.added === true ? after.value : [];
      for (const [index, text] of change.value.entries()) {
        const marks = marksOf(come[index], text, 'gone');
        lines.push({ kind: 'gone', left: ++leftAt, right: null, marks });
      }
    } else {
      for (const text of change.value) {
        lines.push({ kind: 'same', left: ++leftAt, right: ++rightAt, marks: [{ text, changed: false }] });
      }
    }
  }
  return lines;
}

/** The words of a line that its counterpart does not have. */
function marksOf(other: string | undefined, text: string, kind: 'gone' | 'new'): readonly Mark[] {
  if (other === undefined || other.length > LONGEST_LINE || text.length > LONGEST_LINE) {
    return [{ text, changed: false }];
  }
  const [before, after] = kind === 'gone' ? [text, other] : [other, text];
  return diffWordsWithSpace(before, after)
    .filter(({ added, removed }) => (kind === 'gone' ? !added : !removed))
    .map(({ value, added, removed }) => ({ text: value, changed: added || removed }));
}

export type ShownLine = DiffLine | { readonly kind: 'gap'; readonly lines: number };

/** Leaves out long stretches of equal lines. */
export function folded(lines: readonly DiffLine[]): readonly ShownLine[] {
  const near = new Set<number>();
  for (const [place, { kind }] of lines.entries()) {
    if (kind === 'same') continue;
    for (let at = place - AROUND; at <= place + AROUND; at++) near.add(at);
  }
  const shown: ShownLine[] = [];
  let left = 0;
  for (const [place, line] of lines.entries()) {
    if (near.has(place)) {
      if (left > 0) shown.push({ kind: 'gap', lines: left });
      left = 0;
      shown.push(line);
    } else left += 1;
  }
  if (left > 0) shown.push({ kind: 'gap', lines: left });
  return shown;
}
