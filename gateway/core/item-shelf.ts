/**
 * Items of earlier answers that clients refer to instead of sending them again, as OpenAI's SDKs do unless told not
 * to store. Held for a while, for whoever got them.
 */
import type { JsonObject } from './json.ts';

export interface ItemShelf {
  /** @param owner whose items these are; nobody else can refer to them */
  put(owner: string, item: JsonObject & { readonly id: string }): void;
  get(owner: string, id: string): JsonObject | undefined;
}
