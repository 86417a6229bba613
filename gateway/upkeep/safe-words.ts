/** A provider's words for the screen. */

/** Characters kept of them. */
const LONGEST = 300;

/** Redacted first: a cut could leave a part of a secret that nothing recognises. */
export function safeWords(text: string, redact: (text: string) => string): string {
  const redacted = redact(text);
  return redacted.length <= LONGEST ? redacted : `${redacted.slice(0, LONGEST - 1)}…`.toWellFormed();
}
