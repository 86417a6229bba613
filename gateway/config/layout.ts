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
      (line, index) => /^[^\s-].*:\s*(?:#.*)?$/.test(line) && lines[index + 1]?.startsWith('- ') === true,
    ),
    flowCollectionPadding: !/\{\S/.test(text.replaceAll('${', '')),
  };
}

/**
 * Brings the difference between two formatted versions of a text into the text itself, so that lines which are
 * not concerned stay as they are. Formatting moves white space only, so places are found by counting the rest.
 * @param original as the user wrote it
 * @param before the same content, formatted
 * @param after the changed content, formatted alike
 * @returns undefined when `original` and `before` differ in more than white space
 */
export function patchLines(original: string, before: string, after: string): string | undefined {
  const [written, old, wanted] = [inked(original), inked(before), inked(after)];
  if (original.replaceAll(/\s+/g, '') !== before.replaceAll(/\s+/g, '')) return undefined;
  const shorter = Math.min(old.length, wanted.length);
  let head = 0;
  while (head < shorter && old[head]?.text === wanted[head]?.text) head += 1;
  while (head > 0 && placeAfter(written, inkOf(old, head)) === undefined) head -= 1;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail)?.text === wanted.at(-1 - tail)?.text) tail += 1;
  while (tail > 0 && placeAfter(written, inkOf(old, old.length - tail)) === undefined) tail -= 1;

  const from = placeAfter(written, inkOf(old, head)) ?? 0;
  const to = placeAfter(written, inkOf(old, old.length - tail)) ?? written.length;
  const lines = original.split('\n');
  const first = from === to ? (written[from - 1]?.line ?? -1) + 1 : (written[from]?.line ?? 0);
  const behind = from === to ? first : (written[to - 1]?.line ?? -1) + 1;
  const replacement = after
    .split('\n')
    .slice(wanted[head]?.line ?? 0, (wanted.at(-1 - tail)?.line ?? -1) + 1);
  return [
    ...lines.slice(0, first),
    ...(head === wanted.length - tail ? [] : replacement),
    ...lines.slice(behind),
  ].join('\n');
}

/** A line that is not empty. */
interface InkedLine {
  readonly text: string;
  /** Position among all lines. */
  readonly line: number;
  /** Characters other than white space up to its end, from the beginning of the text. */
  readonly ink: number;
}

function inked(text: string): readonly InkedLine[] {
  let ink = 0;
  return text.split('\n').flatMap((content, line) => {
    const own = content.replaceAll(/\s+/g, '').length;
    ink += own;
    return own === 0 ? [] : [{ text: content, line, ink }];
  });
}

const inkOf = (lines: readonly InkedLine[], count: number): number => lines[count - 1]?.ink ?? 0;

/** How many lines hold exactly the first `ink` characters; undefined when a line goes on there. */
function placeAfter(lines: readonly InkedLine[], ink: number): number | undefined {
  if (ink === 0) return 0;
  const index = lines.findIndex((line) => line.ink === ink);
  return index === -1 ? undefined : index + 1;
}
