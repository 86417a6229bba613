/** Names with wildcards: `*` stands for any number of characters, case means nothing. Pure. */

/** A pattern made ready once per configuration: what stands between its wildcards. */
export type Pattern = readonly [first: string, ...others: readonly string[]];

export function patternOf(text: string): Pattern {
  const [first = '', ...others] = text.toLowerCase().split('*');
  return [first, ...others];
}

export const nameMatches = (pattern: Pattern, name: string): boolean => matches(pattern, name.toLowerCase());

export function namesMatch(patterns: readonly Pattern[], name: string): boolean {
  const lower = name.toLowerCase();
  return patterns.some((pattern) => matches(pattern, lower));
}

/** By searching and not by a regular expression: clients choose the names, and no name may take long. */
function matches(pattern: Pattern, name: string): boolean {
  const [first] = pattern;
  const last = pattern.length - 1;
  if (last === 0) return name === first;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (let index = 1; index < last; index += 1) {
    const part = pattern[index] ?? '';
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  const end = pattern[last] ?? '';
  return name.length - at >= end.length && name.endsWith(end);
}
