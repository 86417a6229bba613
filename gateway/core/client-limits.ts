/** Limits on what one client may ask. */

export interface ClientLimits {
  /** Requests in any 60 seconds; 0: no limit. */
  readonly rpm: number;
  /** Requests under way; 0: no limit. */
  readonly atOnce: number;
}

export interface ClientPlaces {
  take(client: string, limits: ClientLimits): Place;
}

export type Place =
  | { readonly kind: 'taken'; readonly release: () => void }
  /** `wait`: ms until the next one is let in. */
  | { readonly kind: 'too-many'; readonly wait: number }
  | { readonly kind: 'too-many-at-once' };
