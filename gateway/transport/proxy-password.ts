/** Passwords in the addresses of proxies: never shown, and taken out of whatever is written. Pure. */

/** What stands in the place of a password. */
const HIDDEN = '***';

/** @returns the password as the address has it and as the proxy gets it; nothing for `system`, `none` or none */
export function proxyPasswords(proxy: string | undefined): readonly string[] {
  const written = passwordIn(proxy ?? '');
  return written === '' ? [] : [...new Set([written, decoded(written)])];
}

/** `http://me:***@proxy.example:3128` for an address with a password; any other text as it is. */
export function hidePassword(proxy: string): string {
  const password = passwordIn(proxy);
  return password === '' ? proxy : proxy.replace(`:${password}@`, `:${HIDDEN}@`);
}

/** The password of this address is the one that stands for another. */
export const isHidden = (proxy: string): boolean => passwordIn(proxy) === HIDDEN;

/** Up to the last `@` before the path, as the URL standard reads it. */
function passwordIn(proxy: string): string {
  return /^https?:\/\/[^/?#:@]*:([^/?#]*)@/i.exec(proxy)?.[1] ?? '';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that stands for itself.
    return text;
  }
}
