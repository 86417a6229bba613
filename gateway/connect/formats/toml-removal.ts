/** Where a key of a TOML text goes out. */
import { lineStart, lineStop, type Splice } from './text.ts';
import { same, startsWith, within, type TomlPair, type TomlStatements } from './toml-scan.ts';

export function removal(
  body: string,
  { pairs, headers }: TomlStatements,
  path: readonly string[],
): readonly Splice[] {
  const gone = pairs.filter((each) => startsWith(each.path, path));
  const outermost = gone.filter((each) => !gone.some((other) => other !== each && within(each, other)));
  return united([
    ...outermost.flatMap((each) =>
      each.inline
        ? inlineRemoval(body, pairs, outermost, each)
        : [withBlankAfter(body, pairs, each, lineRemoval(body, each.keyStart, each.end))],
    ),
    ...headers
      .filter((each) => startsWith(each.path, path))
      .map((each) => withBlankBefore(body, lineRemoval(body, each.start, each.end))),
  ]);
}

function lineRemoval(body: string, start: number, end: number): Splice {
  const line = lineStop(body, end);
  if (body.slice(end, line.content).trim() !== '') return { start, end, text: '' };
  const from = lineStart(body, start);
  if (line.next > line.content) return { start: from, end: line.next, text: '' };
  const before = /\r?\n$/.exec(body.slice(0, from))?.[0].length ?? 0;
  return { start: from - before, end: line.next, text: '' };
}

function withBlankBefore(body: string, line: Splice): Splice {
  const before = /(?:^|\n)([ \t]*\r?\n)$/.exec(body.slice(0, line.start))?.[1]?.length ?? 0;
  return { ...line, start: line.start - before };
}

/** The last key before the tables takes the blank line along that came with it. */
function withBlankAfter(body: string, pairs: readonly TomlPair[], pair: TomlPair, line: Splice): Splice {
  const alone =
    pair.home.length === 0 && pairs.every((each) => each.inline || each === pair || each.home.length > 0);
  const blank = alone ? (/^[ \t]*\r?\n(?=[^\r\n])/.exec(body.slice(line.end))?.[0].length ?? 0) : 0;
  return body[line.end - 1] === '\n' ? { ...line, end: line.end + blank } : line;
}

/**
 * A member of `{ … }` goes with its comma, and the last one with that of the member before it that stays, unless a comma
 * stands behind the last one too. Comments stay where they are.
 */
function inlineRemoval(
  body: string,
  pairs: readonly TomlPair[],
  gone: readonly TomlPair[],
  pair: TomlPair,
): readonly Splice[] {
  const table = pairs.find((each) => each.table && within(pair, each) && same(each.path, pair.home));
  const siblings = pairs.filter(
    (each) => each.inline && table !== undefined && within(each, table) && same(each.home, pair.home),
  );
  const at = siblings.indexOf(pair);
  const next = siblings[at + 1];
  if (next !== undefined) {
    const between = body.slice(pair.end, next.keyStart);
    if (!between.includes('#')) return [cut(pair.keyStart, next.keyStart)];
    return [cut(pair.keyStart, pair.end), ...commaBehind(body, pair.end)];
  }
  const previous = siblings.slice(0, at).findLast((each) => !gone.includes(each));
  const first = siblings[previous === undefined ? 0 : siblings.indexOf(previous) + 1] ?? pair;
  const lastComma = commaBehind(body, pair.end);
  const last = [
    cut(spaceBefore(body, first.keyStart), first.keyStart),
    cut(spaceBefore(body, pair.keyStart), pair.end),
    ...lastComma,
  ];
  return previous === undefined || lastComma.length > 0
    ? last
    : [...last, ...commaBehind(body, previous.end)];
}

const cut = (start: number, end: number): Splice => ({ start, end, text: '' });

function commaBehind(body: string, end: number): readonly Splice[] {
  const comma = /^(?:\s|#[^\n]*)*(?=,)/.exec(body.slice(end));
  if (comma === null) return [];
  const at = end + comma[0].length;
  return [cut(at, at + 1)];
}

/** A line end goes with what stands on the line below it, but not from behind a comment. */
function spaceBefore(body: string, offset: number): number {
  const start = body.slice(0, offset).trimEnd().length;
  return body.slice(lineStart(body, start), offset).includes('#') ? offset : start;
}

/** Two neighbours may both take along what stands between them. */
function united(cuts: readonly Splice[]): readonly Splice[] {
  return cuts
    .toSorted((left, right) => left.start - right.start)
    .reduce<readonly Splice[]>((all, each) => {
      const last = all.at(-1);
      return last === undefined || last.end < each.start
        ? [...all, each]
        : [...all.slice(0, -1), cut(last.start, Math.max(last.end, each.end))];
    }, []);
}
