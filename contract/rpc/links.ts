/** What a link of another program offers to do: shown to the user first, done only when they say so. */
import type { DialectId } from '../config/provider.ts';
import type { ToolId } from './procedures/connect.ts';

/** Why nothing of a link is offered. */
export type LinkRefusal =
  | 'too-long'
  /** Characters nobody sees, or that turn text around. */
  | 'hidden-characters'
  /** No form that this version knows. */
  | 'unknown'
  | 'bad-address'
  | 'bad-name'
  | 'bad-key';

export type LinkContent =
  | {
      readonly kind: 'add-provider';
      readonly name: string;
      readonly dialect: DialectId;
      readonly baseUrl: string;
      /** `…a1b2`, all of the key that leaves the host; null where the link brings none. */
      readonly keyFingerprint: string | null;
    }
  | { readonly kind: 'connect-tool'; readonly tool: ToolId }
  | { readonly kind: 'refused'; readonly reason: LinkRefusal };

/** The one link the user is asked about. */
export interface LinkOffer {
  readonly id: number;
  readonly link: LinkContent;
  /** Links behind it. */
  readonly waiting: number;
}
