/**
 * The session's cookie in its two forms: plain over HTTP, `__Host-` and Secure over TLS (RFC 6265bis, 4.1.3.2).
 * A browser sends the cookies of a host to all its ports, so each gateway of a machine has a name of its own.
 */
import { hash } from 'node:crypto';

/** Values of one form; as many as the head of a request holds. */
const VALUE = /^[\w-]{43}$/;
const MOST_VALUES = 256;

export interface SessionCookie {
  /**
   * Every value of it in a request; a page of another port on this host may have set some too.
   * @param header the `cookie` header
   * @param encrypted true where this process itself speaks TLS: only the `__Host-` form counts there
   */
  values(header: string | undefined, encrypted: boolean): readonly string[];
  /** The `set-cookie` header that begins a session. It ends with the browser or, in the host, when idle. */
  begin(value: string, secure: boolean): string;
  /** The `set-cookie` header that removes it. */
  end(secure: boolean): string;
}

/** @param place what tells this gateway from others that the same browser may know, over restarts and other ports */
export function createSessionCookie(place: string): SessionCookie {
  const plain = `switchyard_session_${hash('sha256', place).slice(0, 8)}`;
  const bound = `__Host-${plain}`;
  const begin = (value: string, secure: boolean): string =>
    `${secure ? bound : plain}=${value}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;

  return {
    values(header, encrypted) {
      const names = encrypted ? [bound] : [bound, plain];
      const pairs = (header ?? '').split(';').map((pair) => pair.trim());
      const found = names.flatMap((name) =>
        pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1)),
      );
      return [...new Set(found.filter((value) => VALUE.test(value)))].slice(0, MOST_VALUES);
    },
    begin,
    end: (secure) => `${begin('', secure)}; Max-Age=0`,
  };
}
