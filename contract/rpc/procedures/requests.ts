/** Reading the request log. */
import * as z from 'zod/mini';
import type { AssembledAnswer, StreamEvents } from '../../log/answer.ts';
import type { RequestPage, RequestRow, RequestStatistics, StoredBody } from '../../log/row.ts';
import { statisticsQuerySchema, type Histogram, type Statistics } from '../../log/statistics.ts';
import { requestFilterSchema, type NamedValues } from '../../log/filter.ts';
import { define, nothing } from '../define.ts';
import { NAMED_FIELDS } from '../log-fields.ts';

/** Told after each step of a deletion. */
export interface DeleteProgress {
  readonly deleted: number;
}

/** Ids of one call, at most. */
const MOST_IDS = 10_000;

export const requestProcedures = {
  'requests.list': define(
    z.strictObject({
      limit: z._default(z.int().check(z.minimum(1), z.maximum(500)), 100),
      /** Sequence to read on from, towards older rows. */
      before: z.optional(z.int()),
      /** Rows to leave out after `before`: a list of 100,000 rows is jumped through, not walked. */
      skip: z.optional(z.int().check(z.nonnegative())),
      filter: z.prefault(requestFilterSchema, {}),
    }),
  ).returns<RequestPage>(),
  /** Over the time of the log, or that of the filter's conditions on it. */
  'requests.histogram': define(
    z.strictObject({
      filter: z.prefault(requestFilterSchema, {}),
      buckets: z._default(z.int().check(z.minimum(1), z.maximum(120)), 60),
    }),
  ).returns<Histogram>(),
  /** Names to filter by that have `part` in them. */
  'requests.values': define(
    z.strictObject({
      field: z.enum(NAMED_FIELDS),
      part: z._default(z.string().check(z.maxLength(200)), ''),
      limit: z._default(z.int().check(z.minimum(1), z.maximum(100)), 20),
    }),
  ).returns<NamedValues>(),
  /**
   * Deletes finished rows with their bodies: those of `ids`, or all that match `filter`. Taking the call back stops
   * it; what was deleted by then is gone.
   */
  'requests.delete': define(
    z.union([
      z.strictObject({
        ids: z.array(z.string().check(z.minLength(1), z.maxLength(100))).check(z.maxLength(MOST_IDS)),
      }),
      z.strictObject({ filter: requestFilterSchema }),
    ]),
  )
    .tells<DeleteProgress>()
    .returns<DeleteProgress>(),
  'requests.get': define(z.strictObject({ id: z.string().check(z.maxLength(100)) })).returns<RequestRow>(),
  'requests.body': define(
    z.strictObject({
      id: z.string().check(z.maxLength(100)),
      part: z.enum(['request', 'response']),
    }),
  ).returns<StoredBody>(),
  /** What the model said, put together from its answer or stream; null where nothing is kept of it. */
  'requests.answer': define(
    z.strictObject({ id: z.string().check(z.maxLength(100)) }),
  ).returns<AssembledAnswer | null>(),
  /** The events of a stream as the client got them, with their times, a page at a time. */
  'requests.events': define(
    z.strictObject({
      id: z.string().check(z.maxLength(100)),
      /** Index of the first event, from 0. */
      from: z._default(z.int().check(z.nonnegative()), 0),
      limit: z._default(z.int().check(z.minimum(1), z.maximum(1_000)), 200),
    }),
  ).returns<StreamEvents>(),
  'requests.statistics': define(nothing).returns<RequestStatistics>(),
  /** Figures of any range, by bucket and by name; they outlive the rows. */
  'statistics.read': define(statisticsQuerySchema).returns<Statistics>(),
  /**
   * Deletes every finished row and its bodies; statistics stay. Taking the call back stops it; what was deleted by
   * then is gone.
   */
  'requests.clear': define(nothing).tells<DeleteProgress>().returns<DeleteProgress>(),
};
