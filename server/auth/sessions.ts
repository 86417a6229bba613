/** Sessions of the control plane, in memory. Cookies are kept as hashes: a copy of the memory opens none. */
import { createHash, randomBytes } from 'node:crypto';
import type { Clock, Session } from '../../gateway/index.ts';

/** A session nobody used for this long is over, ms. */
export const IDLE_LIMIT = 12 * 60 * 60_000;
const MOST_SESSIONS = 100;

interface Entry {
  readonly session: Session;
  readonly credential: string;
  readonly ended: Set<() => void>;
  lastUsed: number;
}

export interface Sessions {
  /** Starts a session; answers the value of its cookie, 256 random bits. */
  open(): string;
  /** The session of a cookie's value, kept alive by being asked for; null when there is none. */
  find(cookie: string): Session | null;
  /** True while the session lasts; asking does not keep it alive. */
  lasts(id: string): boolean;
  end(id: string): void;
  /** Calls back once when the session ends; the returned function cancels that. */
  onEnd(id: string, ended: () => void): () => void;
}

/**
 * @param options.credential what a log-in proves right now (a digest of the password or token); a session
 * begun with another one is over, so changing the password ends them all
 */
export function createSessions(options: {
  readonly clock: Pick<Clock, 'wall'>;
  readonly credential: () => string;
}): Sessions {
  const { clock, credential } = options;
  /** In the order of last use. */
  const entries = new Map<string, Entry>();

  const end = (id: string): void => {
    const entry = entries.get(id);
    entries.delete(id);
    for (const ended of entry?.ended ?? []) ended();
  };

  const living = (id: string): Entry | undefined => {
    const entry = entries.get(id);
    if (entry === undefined) return undefined;
    if (clock.wall() - entry.lastUsed <= IDLE_LIMIT && entry.credential === credential()) return entry;
    end(id);
    return undefined;
  };

  return {
    open() {
      for (const id of [...entries.keys()]) living(id);
      for (const oldest of [...entries.keys()]) {
        if (entries.size < MOST_SESSIONS) break;
        end(oldest);
      }
      const cookie = randomBytes(32).toString('base64url');
      const session = { id: idOf(cookie), csrf: randomBytes(32).toString('base64url') };
      const entry = {
        session,
        credential: credential(),
        ended: new Set<() => void>(),
        lastUsed: clock.wall(),
      };
      entries.set(session.id, entry);
      return cookie;
    },
    find(cookie) {
      const id = idOf(cookie);
      const entry = living(id);
      if (entry === undefined) return null;
      entry.lastUsed = clock.wall();
      entries.delete(id);
      entries.set(id, entry);
      return entry.session;
    },
    lasts: (id) => living(id) !== undefined,
    end,
    onEnd(id, ended) {
      const entry = living(id);
      if (entry === undefined) ended();
      entry?.ended.add(ended);
      return () => entry?.ended.delete(ended);
    },
  };
}

const idOf = (cookie: string): string => createHash('sha256').update(cookie).digest('hex');
