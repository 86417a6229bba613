/**
 * Sessions of the control plane, in memory and kept over a restart. Cookies are known by their hashes: neither a
 * copy of the memory nor one of the file opens a session.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock, Session } from '../../gateway/index.ts';

/** A session nobody used for this long is over, ms. */
export const IDLE_LIMIT = 12 * 60 * 60_000;
/** A session that began this long ago is over, however much it is used, ms. */
export const AGE_LIMIT = 30 * 24 * 60 * 60_000;
/** The file may be behind by this much about when a session was last used, ms. */
const WRITTEN_AGAIN = 10 * 60_000;
const MOST_SESSIONS = 100;

/** What stays of a session while no gateway runs. */
export interface KeptSession {
  /** Hash of the cookie. */
  readonly id: string;
  /**
   * What the log-in proved, under the cookie as its key: only who brings the cookie can compare it, so a password
   * cannot be guessed from the file.
   */
  readonly proof: string;
  /** Unix ms. */
  readonly begun: number;
  readonly lastUsed: number;
}

interface Times {
  /** Unix ms. */
  readonly begun: number;
  readonly lastUsed: number;
}

interface Entry {
  readonly session: Session;
  readonly credential: string;
  readonly proof: string;
  readonly begun: number;
  readonly ended: Set<() => void>;
  lastUsed: number;
  writtenAt: number;
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
  /** Sessions of a gateway that ran before: each goes on once its cookie is brought. */
  restore(kept: readonly KeptSession[]): void;
}

/**
 * @param options.credential what a log-in proves right now (the password, or what stands for the token); a session
 * begun with another one is over, so changing the password ends them all
 * @param options.keep gets all that should outlive this process, whenever that changed
 */
export function createSessions(options: {
  readonly clock: Pick<Clock, 'wall'>;
  readonly credential: () => string;
  readonly keep?: (sessions: readonly KeptSession[]) => void;
}): Sessions {
  const { clock, keep } = options;
  const digestKey = randomBytes(32);
  const credential = (): string => hmac(digestKey, options.credential());
  /** In the order of last use. */
  const entries = new Map<string, Entry>();
  /** Of the run before; whose they are shows when their cookie comes. */
  const waiting = new Map<string, KeptSession>();

  const write = (): void => {
    for (const entry of entries.values()) entry.writtenAt = entry.lastUsed;
    keep?.([
      ...waiting.values(),
      ...[...entries.values()].map(({ session: { id }, proof, begun, lastUsed }) => ({
        id,
        proof,
        begun,
        lastUsed,
      })),
    ]);
  };

  const end = (id: string): void => {
    const entry = entries.get(id);
    const known = entries.delete(id) || waiting.delete(id);
    for (const ended of entry?.ended ?? []) ended();
    if (known) write();
  };

  const isAhead = ({ begun, lastUsed }: Times): boolean => Math.max(begun, lastUsed) > clock.wall();
  /** Times to come count as now: they are of a clock that was put back since, and would last until it is there again. */
  const notAfterNow = ({ begun, lastUsed }: Times): Times => ({
    begun: Math.min(begun, clock.wall()),
    lastUsed: Math.min(lastUsed, clock.wall()),
  });
  const isOver = ({ lastUsed, begun }: Times): boolean =>
    clock.wall() - lastUsed > IDLE_LIMIT || clock.wall() - begun > AGE_LIMIT;

  const living = (id: string): Entry | undefined => {
    const entry = entries.get(id);
    if (entry === undefined) return undefined;
    if (isAhead(entry)) {
      Object.assign(entry, notAfterNow(entry));
      write();
    }
    if (!isOver(entry) && entry.credential === credential()) return entry;
    end(id);
    return undefined;
  };

  /** @param fields of the time before, where there was one */
  const begin = (cookie: string, fields: Pick<Entry, 'begun' | 'lastUsed'>): Entry => {
    const entry: Entry = {
      session: { id: idOf(cookie), csrf: hmac(cookie, 'csrf') },
      credential: credential(),
      proof: hmac(cookie, options.credential()),
      ended: new Set(),
      writtenAt: fields.lastUsed,
      ...fields,
    };
    entries.set(entry.session.id, entry);
    return entry;
  };

  const revived = (cookie: string): Entry | undefined => {
    const kept = waiting.get(idOf(cookie));
    if (kept === undefined) return undefined;
    if (isOver(kept) || !equal(kept.proof, hmac(cookie, options.credential()))) {
      end(kept.id);
      return undefined;
    }
    waiting.delete(kept.id);
    return begin(cookie, kept);
  };

  return {
    open() {
      for (const id of [...entries.keys()]) living(id);
      for (const [id, kept] of [...waiting]) if (isOver(kept)) end(id);
      for (const oldest of [...waiting.keys(), ...entries.keys()]) {
        if (entries.size + waiting.size < MOST_SESSIONS) break;
        end(oldest);
      }
      const cookie = randomBytes(32).toString('base64url');
      begin(cookie, { begun: clock.wall(), lastUsed: clock.wall() });
      write();
      return cookie;
    },
    find(cookie) {
      const entry = living(idOf(cookie)) ?? revived(cookie);
      if (entry === undefined) return null;
      entry.lastUsed = clock.wall();
      entries.delete(entry.session.id);
      entries.set(entry.session.id, entry);
      if (entry.lastUsed - entry.writtenAt >= WRITTEN_AGAIN) write();
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
    restore(kept) {
      const byUse = kept.toSorted((one, other) => one.lastUsed - other.lastUsed).slice(-MOST_SESSIONS);
      for (const one of byUse) if (!entries.has(one.id)) waiting.set(one.id, { ...one, ...notAfterNow(one) });
      if (byUse.some(isAhead)) write();
    },
  };
}

const idOf = (cookie: string): string => createHash('sha256').update(cookie).digest('hex');
const hmac = (key: string | Uint8Array, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url');

function equal(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
