/** What is asked of the log with a filter: pages with excerpts, histograms, names to filter by. */
import type { Database } from 'better-sqlite3';
import type { NamedField, NamedValues, RequestFilter } from '../../contract/log/filter.ts';
import type { RequestPage } from '../../contract/log/row.ts';
import type { Histogram } from '../../contract/log/statistics.ts';
import { searchTerms, type SearchTerm } from '../core/search-query.ts';
import { histogramOf } from './histogram.ts';
import { createExcerptReader } from './row-excerpts.ts';
import { valuesOf } from './row-values.ts';
import { searchRows, type ListQuery } from './search-rows.ts';
import { createWordChecks } from './word-check.ts';
import { createWholeTexts } from './whole-texts.ts';
import { createWordIndex } from './word-index.ts';

/** Every method @throws SqliteError when the file cannot be read */
export interface LogSearch {
  /** @param query of a `whole` one, words that must not stand there are looked for beyond the index too: such rows go */
  list(query: ListQuery & { readonly whole?: boolean | undefined }): RequestPage;
  /** @param most buckets */
  histogram(filter: RequestFilter, most: number): Histogram;
  /** @param part what has to stand in a name */
  values(field: NamedField, part: string, limit: number): NamedValues;
}

export function createSearch(database: Database): LogSearch {
  const check = createWordChecks(database);
  const excerptsOf = createExcerptReader(database);
  const index = createWordIndex(database);
  const holdingOneOf = createWholeTexts(database);

  function without(rows: RequestPage['rows'], terms: readonly SearchTerm[]): RequestPage['rows'] {
    const unwanted = terms.filter(({ not }) => not);
    if (unwanted.length === 0) return rows;
    const holding = holdingOneOf(
      rows.map(({ sequence }) => sequence),
      unwanted,
    );
    return rows.filter(({ sequence }) => !holding.has(sequence));
  }

  return {
    list(query) {
      const found = searchRows(database, check, query);
      const { words = '' } = query.filter;
      if (words.trim() === '') return found;
      const terms = searchTerms(words) ?? [];
      const page = query.whole === true ? { ...found, rows: without(found.rows, terms) } : found;
      const term = terms.find(({ not }) => !not);
      const sequences = page.rows.map(({ sequence }) => sequence);
      const excerpts =
        term === undefined ? sequences.map(() => null) : excerptsOf(sequences, term, check(term.match));
      return { ...page, search: { excerpts, index: index.state() } };
    },
    histogram: (filter, most) => histogramOf(database, check, filter, most),
    values: (field, part, limit) => valuesOf(database, field, part, limit),
  };
}
