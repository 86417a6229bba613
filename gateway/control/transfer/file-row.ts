/** A row as files tell it, and how far what a file says of a request is believed. Pure. */
import * as z from 'zod/mini';
import type { RequestRow } from '../../../contract/log/row.ts';
import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import { remarkSchema } from '../../../contract/rpc/remarks/remark-schema.ts';

/**
 * What a row is told of stands in English, as every reader of such a file knows it, and as data, so that an import gets
 * it back.
 */
export const fileRow = (row: RequestRow) => ({
  ...row,
  warnings: row.warnings.map(({ text }) => text),
  remarks: row.warnings,
});

/** As many as a row of the gateway has. */
const MOST_REMARKS = 100;
/** Values of one remark, and parts of one. */
const MOST_VALUES = 20;
const MOST_PARTS = 100;
/** Characters; lists of names are the longest values there are. */
const LONGEST_TEXT = 20_000;

export const fileRemark = remarkSchema.check(z.refine(isBounded, 'is longer than any gateway writes it'));
/** Absent in files of older versions. */
export const fileRemarks = z.optional(z.array(fileRemark).check(z.maxLength(MOST_REMARKS)));

function isBounded({ values, text, reason, parts = [] }: Told): boolean {
  const texts = [text, ...Object.values(values)];
  return (
    texts.length <= MOST_VALUES &&
    texts.every((value) => typeof value === 'number' || value.length <= LONGEST_TEXT) &&
    parts.length <= MOST_PARTS &&
    [...parts, ...(reason === undefined ? [] : [reason])].every(isBounded)
  );
}
