/**
 * What was counted and is not yet in the sums of minutes, hours and days: a row for each batch, written in its
 * transaction. Sums that a hundred keys share out are hundreds of rows; they are changed every few seconds.
 */
import type { Database } from 'better-sqlite3';
import * as z from 'zod/mini';
import { addSums, COUNTERS, noSums, type Sums } from './sums.ts';

/** Sums of the requests of one minute and one combination of names. */
export interface Entry {
  /** Unix ms of the minute's beginning. */
  readonly at: number;
  /** Number of the names. */
  readonly names: number;
  readonly sums: Sums;
}

/** Entries, each under its minute and names. */
export type Entries = Map<string, Entry>;

export interface Journal {
  append(entries: Entries): void;
  /** All that is waiting. */
  read(): Entries;
  /** Everything is in the sums. */
  empty(): void;
}

/** @param sign -1 takes away what was counted before */
export function addEntry(into: Entries, { at, names, sums }: Entry, sign: 1 | -1 = 1): void {
  const key = `${at} ${names}`;
  const entry = into.get(key) ?? { at, names, sums: noSums() };
  into.set(key, entry);
  addSums(entry.sums, sums, sign);
}

const counts = z.array(z.tuple([z.number(), z.number()]));
const entriesSchema = z.array(
  z.tuple([
    z.number(),
    z.number(),
    z.array(z.number()),
    z.array(z.tuple([z.string(), z.number()])),
    counts,
    counts,
  ]),
);

export function createJournal(database: Database): Journal {
  const append = database.prepare<[string]>('INSERT INTO statistics_journal (entries) VALUES (?)');
  const all = database.prepare<[], string>('SELECT entries FROM statistics_journal ORDER BY id').pluck();
  const empty = database.prepare('DELETE FROM statistics_journal');
  return {
    append: (entries) => void append.run(JSON.stringify([...entries.values()].map(stored))),
    read() {
      const entries: Entries = new Map();
      for (const text of all.all()) {
        for (const one of entriesSchema.parse(JSON.parse(text))) addEntry(entries, entryFrom(one));
      }
      return entries;
    },
    empty: () => void empty.run(),
  };
}

const stored = ({ at, names, sums }: Entry): z.infer<typeof entriesSchema>[number] => [
  at,
  names,
  COUNTERS.map((counter) => sums.counters[counter]),
  [...sums.errors],
  [...sums.durations],
  [...sums.firstContents],
];

function entryFrom([at, names, counters, errors, durations, firstContents]: z.infer<
  typeof entriesSchema
>[number]): Entry {
  const sums = noSums();
  for (const [index, counter] of COUNTERS.entries()) sums.counters[counter] = counters[index] ?? 0;
  return {
    at,
    names,
    sums: {
      ...sums,
      errors: new Map(errors),
      durations: new Map(durations),
      firstContents: new Map(firstContents),
    },
  };
}
