/** Words of the gateway's own that arrive as part of a sentence, such as "the name cannot be resolved". Pure. */

/** @returns the same words with a capital at the start and a full stop at the end, unless they end with a mark */
export function asSentence(words: string): string {
  const text = words.trim();
  if (text === '') return '';
  const ended = /[.!?。！？…”"]$/u.test(text) ? text : `${text}.`;
  return ended.replace(/^\p{Ll}/u, (first) => first.toUpperCase());
}
