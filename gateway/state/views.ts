/** Saved views of the request list. */
import { savedViewSchema, type SavedView } from '../../contract/rpc/procedures/views.ts';
import type { Logger } from '../core/ports.ts';
import { createKeptList, type KeptList } from './kept-list.ts';

/** How much is kept. */
export const VIEW_LIMITS = { count: 50, bytes: 16_384 } as const;

export type Views = KeptList<SavedView>;

/** @param options.file in a folder that exists; made with the first view */
export function createViews(options: { readonly file: string; readonly logger: Logger }): Views {
  const words = {
    many: 'views',
    large: 'view-large',
    most: 'most-views',
    unusable: 'views-unusable',
  } as const;
  return createKeptList({ ...options, schema: savedViewSchema, limits: VIEW_LIMITS, words });
}
