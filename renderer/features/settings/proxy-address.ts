/** What the gateway takes as the address of a proxy; the pattern is that of contract/config/values.ts. */

/** @returns false for what is no HTTP proxy; a variable such as `${PROXY}` is the file's business and is taken */
export function isProxyAddress(text: string): boolean {
  return text.includes('${') || /^https?:\/\/(?:[^\s/?#@\\]+@)?[^\s/?#@\\]+\/?$/i.test(text);
}
