/** Which entries answer what was typed, the best first. Pure. */
import { GROUPS, type Entry, type GroupName } from './entry.ts';
import { matchWord, type Range, type Searchable } from './match.ts';

export interface Hit {
  readonly entry: Entry;
  readonly score: number;
  /** What of the title was typed. */
  readonly ranges: readonly Range[];
}

export interface HitGroup {
  readonly name: GroupName;
  readonly hits: readonly Hit[];
  /** Hits there are; more than are shown. */
  readonly total: number;
}

/** Shown of each group, and used things while nothing is typed. */
const MOST_HITS = 8;
const MOST_LATELY = 5;
/** What is found by another name than its title is a little less what was meant, by a mere synonym less again. */
const BY_NAME = 0.97;
const BY_WORD = 0.85;
/** A title that has all of several words is meant more than one that is the first of them; of 100. */
const ALL_IN_TITLE = 10;
/** What was used last is worth this much more, what was used before it less; of 100. */
const LATELY = 12;
/** Groups of which everything is shown before anything is typed; the others can be of any length. */
const AT_FIRST: ReadonlySet<GroupName> = new Set(['pages', 'here', 'actions']);

/**
 * @param typed as it stands in the field
 * @param lately ids of what was used, the last first
 */
export function search(
  entries: readonly Entry[],
  typed: string,
  lately: readonly string[],
): readonly HitGroup[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return words.length === 0 ? atFirst(entries, lately) : found(entries, words, lately);
}

function atFirst(entries: readonly Entry[], lately: readonly string[]): readonly HitGroup[] {
  const plain = (entry: Entry): Hit => ({ entry, score: 0, ranges: [] });
  const used = lately.flatMap((id) => entries.find((entry) => entry.id === id) ?? []).slice(0, MOST_LATELY);
  const rest = GROUPS.filter((name) => AT_FIRST.has(name)).map((name) => ({
    name,
    hits: entries.filter((entry) => entry.group === name && !used.includes(entry)).map(plain),
  }));
  return [{ name: 'lately' as const, hits: used.map(plain) }, ...rest]
    .filter(({ hits }) => hits.length > 0)
    .map((group) => ({ ...group, total: group.hits.length }));
}

function found(
  entries: readonly Entry[],
  words: readonly string[],
  lately: readonly string[],
): readonly HitGroup[] {
  const bonus = new Map(lately.map((id, index) => [id, LATELY * (1 - index / lately.length)]));
  const groups = new Map<GroupName, Found>();
  for (const entry of entries) {
    const answer = scoreOf(entry, words);
    if (answer === null) continue;
    const group = groups.get(entry.group) ?? { total: 0, best: [] };
    groups.set(entry.group, group);
    group.total += 1;
    keepBest(group.best, entry, answer + (bonus.get(entry.id) ?? 0));
  }
  return [...groups]
    .map(([name, { total, best }]) => ({
      name,
      total,
      // Thousands may answer; where is asked of those alone that are shown.
      hits: best.map((scored) => ({ ...scored, ranges: rangesOf(scored.entry, words) })),
    }))
    .toSorted((a, b) => topOf(b.hits) - topOf(a.hits) || GROUPS.indexOf(a.name) - GROUPS.indexOf(b.name));
}

type Scored = Omit<Hit, 'ranges'>;

interface Found {
  total: number;
  /** The best of them, the best first. */
  readonly best: Scored[];
}

/** Equally good ones stay in the order they came in, which is that of their pages. */
function keepBest(best: Scored[], entry: Entry, score: number): void {
  const last = best.at(-1);
  if (best.length === MOST_HITS && last !== undefined && last.score >= score) return;
  const worse = best.findIndex((other) => other.score < score);
  best.splice(worse < 0 ? best.length : worse, 0, { entry, score });
  best.length = Math.min(best.length, MOST_HITS);
}

/** Every word has to be found somewhere; the entry is as good as they are together. */
function scoreOf(entry: Entry, words: readonly string[]): number | null {
  let score = 0;
  let allInTitle = words.length > 1;
  for (const word of words) {
    const inTitle = matchWord(entry.title, word);
    const wordScore = Math.max(inTitle?.score ?? 0, scoreElsewhere(entry, word));
    if (wordScore === 0) return null;
    score += wordScore;
    allInTitle &&= inTitle !== null;
  }
  return score / words.length + (allInTitle ? ALL_IN_TITLE : 0);
}

const scoreElsewhere = (entry: Entry, word: string): number =>
  Math.max(bestOf(entry.names, word) * BY_NAME, bestOf(entry.words, word) * BY_WORD);

/** What of the title was typed, of each word that is not better found elsewhere. */
function rangesOf(entry: Entry, words: readonly string[]): readonly Range[] {
  return apart(
    words.flatMap((word) => {
      const inTitle = matchWord(entry.title, word);
      return inTitle === null || scoreElsewhere(entry, word) > inTitle.score ? [] : inTitle.ranges;
    }),
  );
}

const bestOf = (texts: readonly Searchable[], word: string): number =>
  texts.reduce((best, text) => Math.max(best, matchWord(text, word)?.score ?? 0), 0);

/** In order, and none within another: two words may stand on the same letters. */
function apart(ranges: readonly Range[]): readonly Range[] {
  const kept: Range[] = [];
  for (const [from, to] of ranges.toSorted(([a], [b]) => a - b)) {
    const last = kept.at(-1);
    if (last === undefined || from > last[1]) kept.push([from, to]);
    else kept[kept.length - 1] = [last[0], Math.max(last[1], to)];
  }
  return kept;
}

const topOf = (hits: readonly Hit[]): number => hits[0]?.score ?? 0;
