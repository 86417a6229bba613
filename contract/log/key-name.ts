/** How a key of a provider is named: by both as data, and in English as one text. Pure. */

/** Who was asked, or would have been. */
export interface NamedKey {
  /** Configuration id. */
  readonly provider: string;
  /** Last four characters of the key, as `…a1b2`; null where the provider needs none. */
  readonly keyFingerprint: string | null;
}

/** `openai key …a1b2`, or just the provider where it needs no key. */
export const keyText = ({ provider, keyFingerprint }: NamedKey): string =>
  keyFingerprint === null ? provider : `${provider} key ${keyFingerprint}`;

/** @param text as `keyText` writes it: older rows have nothing else */
export function readKeyText(text: string): NamedKey {
  const [, provider, keyFingerprint] = /^(\S+) key (…\S*)$/.exec(text) ?? [];
  if (provider === undefined || keyFingerprint === undefined) return { provider: text, keyFingerprint: null };
  return { provider, keyFingerprint };
}
