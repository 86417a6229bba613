/** Names of a column of text, from rows in memory. Pure. */
import type { NamedField, NamedValues } from '../../contract/log/filter.ts';
import type { RequestRow } from '../../contract/log/row.ts';
import { TEXT_PLACES } from './filter-fields.ts';
import { folded } from './filter-row.ts';
import { byUse, COUNTED_VALUES, hasPart } from './row-values.ts';

export function memoryValues(
  rows: readonly RequestRow[],
  query: { readonly field: NamedField; readonly part: string; readonly limit: number },
): NamedValues {
  const { field, part, limit } = query;
  const found = new Map<string, { readonly name: string; requests: number }>();
  for (const column of TEXT_PLACES[field].columns.keys()) {
    const counts = new Map<string, number>();
    for (const row of rows) {
      const name = TEXT_PLACES[field].of(row)[column] ?? null;
      if (name === null || !hasPart(name, part)) continue;
      const count = (counts.get(folded(name)) ?? 0) + 1;
      counts.set(folded(name), count);
      const known = found.get(folded(name)) ?? { name, requests: 0 };
      known.requests = Math.min(Math.max(known.requests, count), COUNTED_VALUES);
      found.set(folded(name), known);
    }
  }
  return { values: [...found.values()].sort(byUse).slice(0, limit), complete: found.size <= limit };
}
