/** Takes secrets out of a text that comes in pieces, also where a piece ends in the middle of one. */
import type { Redactor } from './redact.ts';

export interface StreamRedactor {
  /** The text that can be shown now; what may be the beginning of a secret waits for the next piece. */
  push(piece: string): string;
  /** What waited, at the end of the text. */
  rest(): string;
}

/**
 * Finds registered values in the shapes `redactor` knows; across pieces only in clear.
 * @param secrets the values `redactor` was made of
 */
export function createStreamRedactor(secrets: readonly string[], redactor: Redactor): StreamRedactor {
  let waiting = '';
  return {
    push(piece) {
      const clean = redactor.values(waiting + piece);
      const shown = clean.length - Math.max(0, ...secrets.map((secret) => begunAtEnd(clean, secret)));
      waiting = clean.slice(shown);
      return clean.slice(0, shown);
    },
    rest() {
      const last = waiting;
      waiting = '';
      return last;
    },
  };
}

/** Characters at the end of `text` that `secret` begins with. */
function begunAtEnd(text: string, secret: string): number {
  for (let length = Math.min(secret.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(secret.slice(0, length))) return length;
  }
  return 0;
}
