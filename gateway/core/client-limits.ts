/** Limits on what one client may ask. */

export interface ClientLimits {
  /** Requests in any 60 seconds; 0: no limit. */
  readonly rpm: number;
  /** Requests under way; 0: no limit. */
  readonly atOnce: number;
}

export interface ClientPlaces {
  take(client: string, limits: ClientLimits): Place | Crowded;
  /** The same without taking one. */
  look(client: string, limits: ClientLimits): ClientUse;
}

export interface Place {
  readonly kind: 'taken';
  readonly release: () => void;
}

export type Crowded =
  /** `wait`: ms until the next one is let in. */
  { readonly kind: 'too-many'; readonly wait: number } | { readonly kind: 'too-many-at-once' };

export interface ClientUse {
  /** Requests let in within the last 60 s; counted only where they are limited. */
  readonly used: number;
  readonly underWay: number;
  /** What would keep the next one out; null for nothing. */
  readonly crowded: Crowded | null;
}
