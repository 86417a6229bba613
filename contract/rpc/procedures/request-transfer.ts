/** Requests of the log on their way out and in: files, code for a program, and the same request once more. */
import * as z from 'zod/mini';
import type { Told } from '../connect-sayings.ts';
import { requestFilterSchema } from '../../log/filter.ts';
import type { Outcome } from '../../log/row.ts';
import { define } from '../define.ts';
import { CODE_KINDS, EXPORT_FORMATS, LONGEST_PIECE } from '../transfer-formats.ts';

const id = z.string().check(z.minLength(1), z.maxLength(100));

const cursorSchema = z.strictObject({
  /** Of a filter: sequence to read on from. Of ids: how many of them are done. */
  at: z.int().check(z.nonnegative()),
  done: z.int().check(z.nonnegative()),
  of: z.int().check(z.nonnegative()),
  /** Rows that stand in the file: fewer than were looked at where some still run. */
  written: z.int().check(z.nonnegative()),
});
export type ExportCursor = z.output<typeof cursorSchema>;

/** A piece of the file: the file is all of them, one after the other. */
export interface ExportPiece {
  readonly text: string;
  /** Rows that were looked at so far, and all there are; rows that came meanwhile are not among them. */
  readonly done: number;
  readonly of: number;
  /** Give it back for the next piece; null where the file is complete. */
  readonly next: ExportCursor | null;
  /** Media type of the file, and a name without its date, e.g. `switchyard-requests.har`. */
  readonly mediaType: string;
  readonly name: string;
}

/** How far an import is. */
export interface ImportState {
  /** Give it back with the next piece. */
  readonly import: string;
  /** Rows that stand in the log now. */
  readonly added: number;
  /** Rows that were there already. */
  readonly skipped: number;
  /** Entries that are no requests, or cannot be kept. */
  readonly refused: number;
  /** Why, of the first of them: with the number of the entry; ten at the most. */
  readonly problems: readonly Told[];
}

/** Told as soon as the request is on its way: its row in the log has this id. */
export interface ReplaySent {
  readonly requestId: string;
}

/** How it ended. A request that failed is an end, too, and not a failed call. */
export interface ReplayEnd {
  readonly requestId: string;
  readonly outcome: Exclude<Outcome, 'live'>;
  /** HTTP status of the answer; null where none came. */
  readonly status: number | null;
}

export const requestTransferProcedures = {
  /**
   * One piece of a file with the rows of `ids` or all that match `filter`, newest first, with their bodies. Ask
   * again with `next` of the piece before until that is null; whoever stops asking has cancelled. Nothing is held
   * in between, so a piece is about a megabyte, more where one row is larger.
   */
  'requests.export': define(
    z.strictObject({
      format: z.enum(EXPORT_FORMATS),
      which: z.union([
        z.strictObject({ ids: z.array(id).check(z.maxLength(10_000)) }),
        z.strictObject({ filter: requestFilterSchema }),
      ]),
      /** Secrets that were made known after a row was written are taken out, too. */
      redacted: z._default(z.boolean(), true),
      cursor: z.optional(cursorSchema),
    }),
  ).returns<ExportPiece>(),
  /**
   * Takes a HAR or JSONL file in, piece by piece and in order: without `import` a new one begins, which gives one up
   * that was under way; `last` ends it. Whoever stops sending has cancelled; rows that were added by then stay.
   */
  'requests.import': define(
    z.strictObject({
      import: z.optional(id),
      text: z.string().check(z.maxLength(LONGEST_PIECE)),
      last: z._default(z.boolean(), false),
    }),
  ).returns<ImportState>(),
  /** A program that sends this request to the gateway; keys are read from the environment. */
  'requests.code': define(z.strictObject({ id, kind: z.enum(CODE_KINDS) })).returns<{
    readonly text: string;
  }>(),
  /**
   * Sends a stored request once more, as it was, with another model or another body; a row of its own says in the
   * header `x-switchyard-replay-of` where it comes from. Taking the call back ends the request.
   */
  'requests.replay': define(
    z.strictObject({
      id,
      model: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
      body: z.optional(z.string().check(z.maxLength(4_000_000))),
    }),
  )
    .tells<ReplaySent>()
    .returns<ReplayEnd>(),
};
