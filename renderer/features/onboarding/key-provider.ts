/** Whose key it is, by how it begins. */

/** Longer beginnings first: several providers begin with `sk-`. Sources: the providers' own documentation. */
const BEGINNINGS: readonly (readonly [beginning: string, provider: string])[] = [
  ['sk-ant-', 'anthropic'],
  ['sk-or-', 'openrouter'],
  ['sk-proj-', 'openai'],
  ['sk-svcacct-', 'openai'],
  ['gsk_', 'groq'],
  ['AIza', 'google'],
];

/** @returns the id of the built-in provider, or null where the key does not tell */
export function providerOfKey(key: string): string | null {
  return BEGINNINGS.find(([beginning]) => key.trim().startsWith(beginning))?.[1] ?? null;
}
