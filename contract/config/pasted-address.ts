/** Addresses as people have them at hand: from a curl example, with the path of the call still at the end. */
import type { DialectId } from './provider.ts';

/** What each dialect adds to its base for a chat request. */
const CALLS: Readonly<Record<DialectId, RegExp>> = {
  'openai-chat': /\/chat\/completions$/,
  'openai-responses': /\/responses$/,
  'anthropic-messages': /\/messages$/,
  gemini: /\/models\/[^/]+:\w+$/,
};

/** A `#` at its end: chat requests go to this very address, nothing is added to it. */
export const isExact = (address: string): boolean => address.endsWith('#');

/**
 * The base of an address that may name the call itself.
 * @param spoken dialects that the address may be meant for
 */
export function baseOfPasted(text: string, spoken: readonly DialectId[]): string {
  const address = text.trim().replace(/\/+$/, '');
  if (isExact(address)) return address;
  const call = spoken.map((dialect) => CALLS[dialect]).find((form) => form.test(address));
  return call === undefined ? address : address.replace(call, '');
}
