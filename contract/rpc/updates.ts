/** Newer versions of the desktop app: what is known of them, and how far getting one is. */
import type { Told } from './connect-sayings.ts';

/** What the app does by itself: nothing, say that there is one, or fetch it too. None of them installs. */
export const UPDATE_WISHES = ['off', 'tell', 'download'] as const;
export type UpdateWish = (typeof UPDATE_WISHES)[number];

/**
 * How a newer version takes this one's place. `self`: the app does it. A package of the system (`package`)
 * belongs to root, an unsigned app on macOS may not replace itself (`unsigned`), and of a copied folder
 * (`folder`) nobody knows how it came here: the user downloads it.
 */
export type InstallWay = 'self' | 'package' | 'unsigned' | 'folder';

export interface Update {
  readonly version: string;
  /** Of its release, Unix ms. */
  readonly date: number | null;
  /** Plain text; empty where nothing was written. */
  readonly notes: string;
  /** Where a person downloads it. */
  readonly page: string;
}

export type UpdateState =
  /** Nobody has asked yet. */
  | { readonly kind: 'idle' | 'checking' }
  | { readonly kind: 'current' }
  | { readonly kind: 'available'; readonly update: Update }
  /** @property share of the file that is here, 0 to 1 */
  | { readonly kind: 'downloading'; readonly update: Update; readonly share: number }
  /** @property onQuit the user agreed that it is installed once the app is quit */
  | { readonly kind: 'ready'; readonly update: Update; readonly onQuit: boolean }
  /** @property update what could not be downloaded; null where the check itself failed */
  | { readonly kind: 'failed'; readonly reason: Told; readonly update: Update | null };

export interface UpdateView {
  /** Host that is asked; null in a build without one, which asks nobody. */
  readonly source: string | null;
  readonly way: InstallWay;
  /** When the source last answered, Unix ms. */
  readonly checkedAt: number | null;
  readonly state: UpdateState;
}
