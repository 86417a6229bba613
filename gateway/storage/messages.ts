/** What the log's main-thread side and its workers say to each other. Everything here crosses by structured clone. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import * as z from 'zod/mini';
import type { AssembledAnswer, StreamEvents } from '../../contract/log/answer.ts';
import type { NamedField, NamedValues, RequestFilter } from '../../contract/log/filter.ts';
import type {
  IndexState,
  RequestPage,
  RequestRow,
  RequestStatistics,
  StoredBody,
} from '../../contract/log/row.ts';
import type { EventsQuery, StreamTimes } from '../core/log-store.ts';
import type { Histogram, Statistics, StatisticsQuery } from '../../contract/log/statistics.ts';

/** What a worker is started with. One entry serves all roles because a host passes one address. */
export const workerDataSchema = z.strictObject({
  role: z.enum(['writer', 'reader', 'checker']),
  /** Path of the database. */
  file: z.string(),
  /** True when the process has just begun: rows that still run belong to one that died. */
  firstStart: z.boolean(),
  /** Becomes 1 when the native module is loaded; see log-worker.ts. */
  loaded: z.instanceof(SharedArrayBuffer),
});
export type LogWorkerData = z.infer<typeof workerDataSchema>;

/** How much the log keeps: days, rows, bytes of the database, and bytes of the raw events of one stream. */
export interface LogLimits {
  readonly days: number;
  readonly rows: number;
  readonly size: number;
  readonly streamEvents?: number | undefined;
}

/** A body of a batch: where its bytes lie in the batch's slab, or that it was dropped on the way. */
export interface SentBody {
  readonly dropped: boolean;
  readonly offset: number;
  readonly length: number;
  /** Bytes of the original. */
  readonly bytes: number;
  readonly truncated: boolean;
  readonly stream?: StreamTimes | undefined;
}

export interface SentEntry {
  readonly row: RequestRow;
  readonly request: SentBody | null;
  readonly response: SentBody | null;
}

/** Everything handed over since the batch before; one transaction. */
export interface Batch {
  readonly number: number;
  readonly entries: readonly SentEntry[];
  /** Sequences of requests that run no longer, and whose end was lost on the way. */
  readonly lostEnds: readonly number[];
  /** The bytes of all bodies, one after the other; transferred, not copied. */
  readonly slab: Uint8Array<ArrayBuffer>;
}

export type WriterRequest =
  | { readonly kind: 'redact'; readonly secrets: readonly string[] }
  | { readonly kind: 'keep'; readonly limits: LogLimits }
  | { readonly kind: 'batch'; readonly batch: Batch }
  /** The check of the whole file found damage. */
  | { readonly kind: 'damaged' }
  | { readonly kind: 'clear'; readonly call: number }
  /** What that call has not deleted yet stays. */
  | { readonly kind: 'stop-clear'; readonly call: number }
  /** Deletes these rows, where they are finished. */
  | { readonly kind: 'remove'; readonly call: number; readonly sequences: readonly number[] }
  /** Adds what was counted to the sums that figures are read from. */
  | { readonly kind: 'fold'; readonly call: number }
  /** Takes a step of the full-text index, which is all of it unless hundreds of rows wait. */
  | { readonly kind: 'index'; readonly call: number }
  /** What was deleted leaves the file too. */
  | { readonly kind: 'scrub'; readonly call: number }
  /** Copies the file there, consistent and while it is written to. */
  | { readonly kind: 'copy'; readonly call: number; readonly to: string }
  /** Ends the copy under way. */
  | { readonly kind: 'stop-copy' }
  | { readonly kind: 'end' };

export type WriterReply =
  /** Open for writing; `setAside` is where a damaged file was moved to, `checked` false where it is yet to be. */
  | { readonly kind: 'ready'; readonly setAside: string | null; readonly checked: boolean }
  /** Cannot write now and tries again by itself; `problem` says why. */
  | { readonly kind: 'trouble'; readonly problem: Told }
  /** Will never write to this file; `problem` says what to do. */
  | { readonly kind: 'refused'; readonly problem: Told }
  /** Can write again after a trouble. */
  | { readonly kind: 'recovered' }
  /** The batch is on disk, but for `lost` rows that can never be stored. */
  | {
      readonly kind: 'written';
      readonly number: number;
      readonly lost: number;
      readonly reason: string | null;
    }
  /** So many requests are in no figure: SQLite refuses their sums for good. */
  | { readonly kind: 'uncounted'; readonly requests: number; readonly reason: string | null }
  /** How far the full-text index is. */
  | { readonly kind: 'indexed'; readonly state: IndexState }
  /** How many rows went so far. */
  | { readonly kind: 'clearing'; readonly call: number; readonly deleted: number }
  | { readonly kind: 'cleared'; readonly call: number; readonly deleted: number }
  | { readonly kind: 'not-cleared'; readonly call: number; readonly reason: string }
  /** How far a copy is, from 0 to 1. */
  | { readonly kind: 'copying'; readonly call: number; readonly share: number }
  | { readonly kind: 'copied'; readonly call: number; readonly schema: number };

/** The only word of a checker. */
export interface CheckerReply {
  readonly sound: boolean;
}

export type LogQuery =
  | {
      readonly kind: 'list';
      readonly limit: number;
      readonly before: number | undefined;
      readonly skip: number;
      readonly whole: boolean;
      readonly filter: RequestFilter;
    }
  | { readonly kind: 'histogram'; readonly filter: RequestFilter; readonly buckets: number }
  | { readonly kind: 'values'; readonly field: NamedField; readonly part: string; readonly limit: number }
  | { readonly kind: 'row'; readonly id: string }
  | { readonly kind: 'body'; readonly id: string; readonly part: 'request' | 'response' }
  | { readonly kind: 'answer'; readonly id: string }
  | ({ readonly kind: 'events' } & EventsQuery)
  | { readonly kind: 'statistics'; readonly now: number }
  | { readonly kind: 'figures'; readonly question: StatisticsQuery; readonly now: number };

export interface ReaderRequest {
  readonly call: number;
  readonly query: LogQuery;
}

export type LogAnswer =
  | { readonly kind: 'list'; readonly page: RequestPage }
  | { readonly kind: 'histogram'; readonly histogram: Histogram }
  | { readonly kind: 'values'; readonly values: NamedValues }
  | { readonly kind: 'row'; readonly row: RequestRow | undefined }
  | { readonly kind: 'body'; readonly body: StoredBody | undefined }
  | { readonly kind: 'answer'; readonly answer: AssembledAnswer | null | undefined }
  | { readonly kind: 'events'; readonly events: StreamEvents | undefined }
  | { readonly kind: 'statistics'; readonly statistics: RequestStatistics }
  | { readonly kind: 'figures'; readonly figures: Statistics }
  | { readonly kind: 'failed'; readonly reason: string };

export interface ReaderReply {
  readonly call: number;
  readonly answer: LogAnswer;
}
