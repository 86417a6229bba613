/** TLS sessions kept for a quick second handshake, by host and port. Kept in memory only. */

/** Hosts; the one added first is forgotten first. */
const MOST = 100;

export interface TlsSessions {
  get(authority: string): Buffer | undefined;
  keep(authority: string, session: Buffer): void;
}

export function createTlsSessions(): TlsSessions {
  const sessions = new Map<string, Buffer>();
  return {
    get: (authority) => sessions.get(authority),
    keep(authority, session) {
      sessions.delete(authority);
      sessions.set(authority, session);
      const [oldest] = sessions.keys();
      if (sessions.size > MOST && oldest !== undefined) sessions.delete(oldest);
    },
  };
}
