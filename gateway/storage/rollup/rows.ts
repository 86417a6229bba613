/** Sums as rows of `statistics`, and back. */
import { decodeCounts, encodeCounts } from '../../core/duration-counts.ts';
import { COUNTERS, noSums, type Sums } from './sums.ts';

/** Columns of `statistics` after its key, in order. */
export const SUM_COLUMNS = [...COUNTERS, 'errors', 'durations', 'first_contents'] as const;

/** What SQLite answers for `SUM_COLUMNS`. */
export type StoredSums = Readonly<Record<(typeof COUNTERS)[number], number>> & {
  readonly errors: string;
  readonly durations: Uint8Array;
  readonly first_contents: Uint8Array;
};

/** What an INTEGER of SQLite holds: more than nine million dollars, which only a slip of an upstream adds up to. */
const MOST = 9.2e18;

export function storedValues({
  counters,
  errors,
  durations,
  firstContents,
}: Sums): readonly (number | string | Uint8Array)[] {
  return [
    ...COUNTERS.map((counter) => Math.max(-MOST, Math.min(MOST, counters[counter]))),
    [...errors].map(([error, count]) => `${error} ${count}`).join('\n'),
    encodeCounts(durations),
    encodeCounts(firstContents),
  ];
}

export function sumsFrom(stored: StoredSums): Sums {
  const { counters } = noSums();
  for (const counter of COUNTERS) counters[counter] = stored[counter];
  return {
    counters,
    errors: errorsFrom(stored.errors),
    durations: decodeCounts(stored.durations),
    firstContents: decodeCounts(stored.first_contents),
  };
}

function errorsFrom(lines: string): Map<string, number> {
  const errors = new Map<string, number>();
  for (const line of lines === '' ? [] : lines.split('\n')) {
    const gap = line.lastIndexOf(' ');
    const error = line.slice(0, gap);
    errors.set(error, (errors.get(error) ?? 0) + Number(line.slice(gap + 1)));
  }
  return errors;
}

/**
 * `SUM_COLUMNS` of several rows as those of one, in SQL: counters are added there, and what is encoded is put one
 * behind the other, which reads as its sum. In hexadecimal, because SQLite joins only text.
 */
export const JOINED_COLUMNS = [
  // As floating point: those of many costs may be more than 64 bits hold.
  ...COUNTERS.map((counter) => `total(${counter}) AS ${counter}`),
  `coalesce(group_concat(nullif(errors, ''), char(10)), '') AS errors`,
  `group_concat(hex(durations), '') AS durations`,
  `group_concat(hex(first_contents), '') AS first_contents`,
];

/** What SQLite answers for `JOINED_COLUMNS`. */
export type JoinedSums = Omit<StoredSums, 'durations' | 'first_contents'> & {
  readonly durations: string;
  readonly first_contents: string;
};

export const sumsFromJoined = (joined: JoinedSums): Sums =>
  sumsFrom({
    ...joined,
    durations: Buffer.from(joined.durations, 'hex'),
    first_contents: Buffer.from(joined.first_contents, 'hex'),
  });
