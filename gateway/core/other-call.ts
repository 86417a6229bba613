/** Calls that are no chat: embeddings, images, audio. */
import type { Exchange } from './exchange.ts';
import type { ServedPath } from './provider.ts';

export type OtherKind =
  /** Of OpenAI's API. `path` lies below the provider's address: `images/edits`. */
  | { readonly format: 'openai'; readonly serves: ServedPath; readonly path: string }
  /** Embeddings as Gemini's clients ask for them, of one content or of several. */
  | { readonly format: 'gemini'; readonly batch: boolean };

export interface OtherCall {
  /** Its `shape` is the format of errors, its `operation` is `other`. */
  readonly exchange: Exchange;
  readonly kind: OtherKind;
}
