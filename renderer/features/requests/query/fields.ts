/** What can stand before the colon of a filter, and how it is called there. */
import type { FlagField, RangeField, TextField } from '../../../../contract/log/filter.ts';
import { FLAG_FIELDS, RANGE_FIELDS, TEXT_FIELDS } from '../../../../contract/rpc/log-fields.ts';
import type { Outcome } from '../../../../contract/log/row.ts';

export const OUTCOMES = [
  'live',
  'ok',
  'error',
  'cut',
  'client-left',
  'interrupted',
] as const satisfies readonly Outcome[];

/** Names that are shorter than those of the log. */
const SHORT: Readonly<Partial<Record<RangeField, string>>> = { firstContent: 'first' };

export const rangeName = (field: RangeField): string => SHORT[field] ?? field;

/** Further names that are understood. */
const ALSO: Readonly<Record<string, RangeField>> = {
  firstcontent: 'firstContent',
  ttft: 'firstContent',
  latency: 'duration',
};

export type Field =
  | { readonly kind: 'text'; readonly field: TextField }
  | { readonly kind: 'range'; readonly field: RangeField }
  | { readonly kind: 'is' };

/** @param name as it was written @returns undefined where there is no such filter */
export function fieldOf(name: string): Field | undefined {
  const wanted = name.toLowerCase();
  if (wanted === 'is' || wanted === 'has') return { kind: 'is' };
  const text = TEXT_FIELDS.find((field) => field === wanted);
  if (text !== undefined) return { kind: 'text', field: text };
  const range = RANGE_FIELDS.find((field) => rangeName(field) === wanted) ?? ALSO[wanted];
  return range === undefined ? undefined : { kind: 'range', field: range };
}

export const flagOf = (name: string): FlagField | undefined =>
  FLAG_FIELDS.find((flag) => flag === name.toLowerCase());

/** The names to offer, those asked for most first. */
export const FIELD_NAMES: readonly string[] = [
  'is',
  'model',
  'provider',
  'app',
  'status',
  'time',
  'error',
  'cost',
  'tokens',
  'duration',
  'first',
  'attempts',
  'client',
  'key',
  'outcome',
  'asked',
  'served',
  'input',
  'output',
  'finish',
  'dialect',
  'path',
  'conversation',
  'id',
];
