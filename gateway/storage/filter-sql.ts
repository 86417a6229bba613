/** A filter of the list as an SQL condition. Its literals are those of the partial indexes, word for word. */
import type { RequestFilter } from '../../contract/log/row.ts';

export interface Conditions {
  /** Empty, or `WHERE …`. */
  readonly where: string;
  readonly values: readonly (string | number)[];
}

/** @param before only rows with a smaller sequence */
export function conditionsOf(filter: RequestFilter, before?: number): Conditions {
  const parts: string[] = [];
  const values: (string | number)[] = [];
  if (filter.outcome !== undefined) {
    parts.push('outcome = ?');
    values.push(filter.outcome);
  }
  if (filter.provider !== undefined) {
    parts.push('provider = ?');
    values.push(filter.provider);
  }
  if (filter.model !== undefined && filter.model !== '') {
    const pattern = `%${filter.model.replace(/[\\%_]/g, '\\$&')}%`;
    parts.push(`(model_asked LIKE ? ESCAPE '\\' OR model_served LIKE ? ESCAPE '\\')`);
    values.push(pattern, pattern);
  }
  if (filter.app !== undefined) {
    parts.push('app = ?');
    values.push(filter.app);
  }
  if (filter.failed === true) parts.push(`outcome NOT IN ('ok', 'live')`);
  if (filter.failover === true) parts.push('attempt_count > 1');
  if (before !== undefined) {
    parts.push('sequence < ?');
    values.push(before);
  }
  return { where: parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`, values };
}
