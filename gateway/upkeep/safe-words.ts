/** A provider's words for the screen. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { redactTold } from '../core/redact-told.ts';

/** Characters kept of them. */
const LONGEST = 300;

/** Redacted first: a cut could leave a part of a secret that nothing recognises. */
export function safeWords(text: string, redact: (text: string) => string): string {
  return cut(redact(text));
}

/** The same of a saying: all its texts. */
export const safeTold = (told: Told, redact: (text: string) => string): Told =>
  redactTold(told, (text) => cut(redact(text)));

const cut = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`.toWellFormed();
