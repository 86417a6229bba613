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

export function storedValues({
  counters,
  errors,
  durations,
  firstContents,
}: Sums): readonly (number | string | Uint8Array)[] {
  return [
    ...COUNTERS.map((counter) => counters[counter]),
    [...errors].map(([error, count]) => `${error} ${count}`).join('\n'),
    encodeCounts(durations),
    encodeCounts(firstContents),
  ];
}

export function sumsFrom(stored: StoredSums): Sums {
  const { counters } = noSums();
  for (const counter of COUNTERS) counters[counter] = stored[counter];
  const errors = stored.errors === '' ? [] : stored.errors.split('\n');
  return {
    counters,
    errors: new Map(
      errors.map((line) => {
        const gap = line.lastIndexOf(' ');
        return [line.slice(0, gap), Number(line.slice(gap + 1))];
      }),
    ),
    durations: decodeCounts(stored.durations),
    firstContents: decodeCounts(stored.first_contents),
  };
}
