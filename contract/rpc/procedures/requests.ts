/** Reading the request log. */
import * as z from 'zod/mini';
import type {
  RequestOverview,
  RequestPage,
  RequestRow,
  RequestStatistics,
  StoredBody,
} from '../../log/row.ts';
import { statisticsQuerySchema, type Statistics } from '../../log/statistics.ts';
import { requestFilterSchema } from '../../log/filter.ts';
import { define, nothing } from '../define.ts';

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
  'requests.get': define(z.strictObject({ id: z.string().check(z.maxLength(100)) })).returns<RequestRow>(),
  'requests.body': define(
    z.strictObject({
      id: z.string().check(z.maxLength(100)),
      part: z.enum(['request', 'response']),
    }),
  ).returns<StoredBody>(),
  'requests.statistics': define(nothing).returns<RequestStatistics>(),
  /** Figures since a moment (Unix ms), for instance the user's midnight, in buckets of `bucket` ms. */
  'requests.overview': define(
    z.strictObject({
      since: z.int().check(z.nonnegative()),
      bucket: z._default(z.int().check(z.minimum(60_000), z.maximum(86_400_000)), 3_600_000),
    }),
  ).returns<RequestOverview>(),
  /** Figures of any range, by bucket and by name; they outlive the rows. */
  'statistics.read': define(statisticsQuerySchema).returns<Statistics>(),
  /** Deletes every finished row and its bodies; statistics stay. */
  'requests.clear': define(nothing).returns<{ readonly deleted: number }>(),
};
