/** The request log as the engine sees it: one way in, one way to read. */
import type { AssembledAnswer, StreamEvents } from '../../contract/log/answer.ts';
import type { NamedField, NamedValues, RequestFilter } from '../../contract/log/filter.ts';
import type {
  LogHealth,
  RequestPage,
  RequestRow,
  RequestStatistics,
  StoredBody,
} from '../../contract/log/row.ts';
import type { Histogram, Statistics, StatisticsQuery } from '../../contract/log/statistics.ts';

/** A body on its way into the log. Chunks are the bytes as they crossed the wire, never copied on the request path. */
export interface BodyCapture {
  readonly chunks: readonly Uint8Array[];
  /** Bytes of the original, which may be more than the chunks hold. */
  readonly bytes: number;
  /** True when the middle or the end was left out because of the cap. */
  readonly truncated: boolean;
  /** Nothing of it is left where it comes from: a row of another log that was cut short. */
  readonly dropped?: boolean | undefined;
  readonly contentType: string;
  /** When its chunks came; only of answers. */
  readonly stream?: StreamTimes | undefined;
}

export interface StreamTimes {
  /** Bytes before the gap, where something was left out. */
  readonly head: number;
  /** Two numbers each, in order and bounded: ms since the request arrived, bytes the client had been given by then. */
  readonly times: readonly number[];
}

/** Bodies of a finished request; null where the policy keeps none. */
export interface RowBodies {
  readonly request: BodyCapture | null;
  readonly response: BodyCapture | null;
}

export interface EventsQuery {
  readonly id: string;
  /** Index of the first event, from 0. */
  readonly from: number;
  readonly limit: number;
}

export interface RequestLog {
  /** Row of a request that has begun, or of which there is more to tell. Never blocks, never throws; a full queue drops and counts. */
  begin(row: RequestRow): void;
  /** The same row when the request ended, with its bodies. */
  finish(row: RequestRow, bodies: RowBodies): void;
  /** Secrets to take out of everything that is written from now on. Replaces the previous set. */
  redact(secrets: readonly string[]): void;
  /** How much to keep: rows, days and bytes of the database. */
  keep(limits: {
    readonly days: number;
    readonly rows: number;
    readonly size: number;
    /** Bytes of the raw events of one stream; what it said stays whatever this is. */
    readonly streamEvents?: number | undefined;
  }): void;

  list(query: {
    readonly limit: number;
    readonly before?: number | undefined;
    /** Matching rows to leave out, counted from `before`. */
    readonly skip?: number | undefined;
    /**
     * Rows in whose whole texts a word stands that must not are left out, also where the index has not come to it:
     * the page may be short.
     */
    readonly whole?: boolean | undefined;
    readonly filter: RequestFilter;
  }): Promise<RequestPage>;
  /** @param query `buckets` at most */
  histogram(query: { readonly filter: RequestFilter; readonly buckets: number }): Promise<Histogram>;
  /** Names that stand in a column and have a part of that text. */
  values(query: {
    readonly field: NamedField;
    readonly part: string;
    readonly limit: number;
  }): Promise<NamedValues>;
  /** Undefined when there is no such row. */
  get(id: string): Promise<RequestRow | undefined>;
  body(id: string, part: 'request' | 'response'): Promise<StoredBody | undefined>;
  /** What a model said, put together; null where nothing is kept of it. */
  answer(id: string): Promise<AssembledAnswer | null | undefined>;
  /** The events of a stream. @param query `from` is the index of the first one, from 0 */
  events(query: EventsQuery): Promise<StreamEvents | undefined>;
  statistics(now: number): Promise<RequestStatistics>;
  /** @param now Unix ms @throws LogQuestionError where the question has no answer */
  figures(query: StatisticsQuery, now: number): Promise<Statistics>;
  /** Deletes these rows with their bodies, where they are finished; answers how many. `scrub` has to follow. */
  remove(sequences: readonly number[]): Promise<number>;
  /** What was deleted leaves the file too: the index, free pages, the write-ahead log. */
  scrub(): Promise<void>;
  /**
   * Deletes every finished row with its bodies, some at a time, and what was deleted leaves the file; answers how many.
   * @param told hears after each step how many have gone
   * @param signal once it is aborted no further rows go
   */
  clear(told?: (deleted: number) => void, signal?: AbortSignal): Promise<number>;

  /**
   * A consistent copy of everything handed over before, while the log goes on; answers its schema.
   * @param told hears how far it is, from 0 to 1
   */
  copy(to: string, told: (share: number) => void): Promise<number>;
  /** A copy under way rejects, and nothing of it stays. */
  stopCopy(): void;

  health(): LogHealth;
  /** Resolves when everything handed over so far is on disk. */
  flush(): Promise<void>;
  /** Flushes and ends the workers. */
  close(): Promise<void>;
}
