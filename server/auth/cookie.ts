/** The session's cookie in its two forms: plain over HTTP, `__Host-` and Secure over TLS (RFC 6265bis, 4.1.3.2). */

const NAME = 'switchyard_session';
const nameFor = (secure: boolean): string => (secure ? `__Host-${NAME}` : NAME);

/**
 * Every value of the session cookie in a request; a page of another port on this host may have set one too.
 * @param header the `cookie` header
 * @param secure true over TLS, where only the `__Host-` form counts
 */
export function sessionCookies(header: string | undefined, secure: boolean): readonly string[] {
  const prefix = `${nameFor(secure)}=`;
  return (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(prefix))
    .slice(0, 4)
    .map((pair) => pair.slice(prefix.length));
}

/** The `set-cookie` header that begins a session. It ends with the browser or, in the host, when idle. */
export function beginCookie(value: string, secure: boolean): string {
  return `${nameFor(secure)}=${value}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
}

/** The `set-cookie` header that removes it. */
export function endCookie(secure: boolean): string {
  return `${beginCookie('', secure)}; Max-Age=0`;
}
