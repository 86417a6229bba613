/** How much the gateway has to do, over all providers and clients. */

/** Why new requests are sent away: as many are under way as may be, or the thread cannot keep up with them. */
export type Overload = 'full' | 'busy';

export interface Load {
  /** Lets a request in, or says why not. */
  admit(): Admission;
  /** Why the next request would be sent away; null where it would be let in. */
  refusing(): Overload | null;
}

export type Admission =
  | { readonly kind: 'admitted'; readonly release: () => void }
  | { readonly kind: 'refused'; readonly why: Overload };
