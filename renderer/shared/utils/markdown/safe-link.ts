/** Which addresses in a model's words may be opened. Pure. */

export interface SafeLink {
  readonly href: string;
  /** Where it really leads, in ASCII, so that look-alike letters show; empty for mail. */
  readonly host: string;
}

/**
 * Whole addresses of the web and of mail only: anything else could run a script, start a program (`ms-msdt:`),
 * hand over a password to a share (`smb:`) or move about in this app (a relative one).
 * @returns null where it must not be opened
 */
export function safeLink(address: string): SafeLink | null {
  const url = URL.parse(address);
  if (url === null) return null;
  if (url.protocol === 'mailto:') return { href: url.href, host: '' };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  // `https://bank.example@evil.example` reads like the first and leads to the second.
  if (url.username !== '' || url.password !== '') return null;
  return { href: url.href, host: url.host };
}

/**
 * Do these words, as they are read, say that they lead to this host? They are an address of it, with `https://` or
 * without. That they name it somewhere is not enough: `https://paypal.com` names `paypal.co`.
 * @param host in ASCII, in small letters
 */
export function tellsHost(words: string, host: string): boolean {
  const text = words.trim();
  // Some letters look like others, and some signs turn what stands behind them about.
  if (!text.toLowerCase().includes(host) || /[\s\p{Cf}]/u.test(text)) return false;
  return (safeLink(text) ?? safeLink(`https://${text}`))?.host === host;
}
