/** Words of the gateway's own that arrive as part of a sentence, such as "the name cannot be resolved". Pure. */

/** @returns the same words with a capital at the start and a full stop at the end, unless they end with a mark */
export function asSentence(words: string): string {
  const text = words.trim();
  if (text === '') return '';
  const ended = /[.!?。！？…”"]$/u.test(text) ? text : `${text}.`;
  return ended.replace(/^\p{Ll}/u, (first) => first.toUpperCase());
}

/**
 * A label as part of a sentence: "Base URL" is copied by "Copy base URL". Only a first word that is no abbreviation and
 * no name with capitals of its own is changed, so names of one plain word do not belong here.
 */
export function midSentence(label: string): string {
  return label.replace(/^\p{Lu}(?=\p{Ll}+(?:\s|$))/u, (first) => first.toLowerCase());
}
