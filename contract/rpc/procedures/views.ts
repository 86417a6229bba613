/** Views of the request list that somebody gave a name, kept by the gateway so that they outlive window and browser. */
import * as z from 'zod/mini';
import { requestFilterSchema } from '../../log/filter.ts';
import { define, nothing } from '../define.ts';

/** One view; also the form it is stored in. */
export const savedViewSchema = z.strictObject({
  id: z.string().check(z.regex(/^[a-z0-9-]{8,64}$/, 'a view id has 8 to 64 of a-z, 0-9 and -')),
  name: z.string().check(z.minLength(1), z.maxLength(80)),
  filter: requestFilterSchema,
  /** As it is written, `1h` or `today`, so that it counts from when the view is picked; absent for all time. */
  time: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
});
export type SavedView = z.output<typeof savedViewSchema>;

export interface SavedViews {
  /** In the order in which they were first saved. */
  readonly views: readonly SavedView[];
}

export const viewProcedures = {
  'views.list': define(nothing).returns<SavedViews>(),
  /** Adds a view, or replaces the one of this id. */
  'views.save': define(savedViewSchema).returns<SavedViews>(),
  /** Removing what is not there is no error. */
  'views.remove': define(z.strictObject({ id: z.string().check(z.maxLength(64)) })).returns<SavedViews>(),
};
