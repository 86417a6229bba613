/** Log-in over HTTP: the cookie is the browser's business, the CSRF token is kept here. */
import { inject, type InjectionKey } from 'vue';
import { RpcError } from '../../../contract/rpc/errors.ts';
import { exchange, post, type Fetch } from './http-answer.ts';

/** A token of the gateway: 256 bits in base64url, as it prints it at its start. */
const TOKEN_FORM = /^[A-Za-z0-9_-]{43}$/;

const CSRF_HEADER = 'x-switchyard-csrf';

interface SessionInfo {
  readonly csrf: string;
}

export interface Session {
  /** Headers a call must carry. @throws RpcError `unauthenticated` when nobody is logged in */
  headers(): Promise<Readonly<Record<string, string>>>;
  /** Forgets the CSRF token, so that the next call asks for the present one. */
  forget(): void;
  /** @param secret the admin password or the token; which of them is asked for only the gateway knows */
  logIn(secret: string): Promise<void>;
  logOut(): Promise<void>;
}

export const sessionKey: InjectionKey<Session> = Symbol('session');

/** @returns null where the host needs no log-in */
export function useSession(): Session | null {
  return inject(sessionKey, null);
}

export function createSession(fetch: Fetch): Session {
  let known: Promise<SessionInfo> | null = null;

  const read = (): Promise<SessionInfo> => {
    const asked = exchange<SessionInfo>(fetch, '/admin/session', { method: 'GET' });
    // A failure is not remembered: the next call asks again.
    asked.catch(() => {
      if (known === asked) known = null;
    });
    return asked;
  };
  const begin = async (credentials: Readonly<Record<string, string>>): Promise<void> => {
    const info = await exchange<SessionInfo>(fetch, '/admin/login', post(credentials));
    known = Promise.resolve(info);
  };
  const headers = async (): Promise<Readonly<Record<string, string>>> => {
    known ??= read();
    const { csrf } = await known;
    return { [CSRF_HEADER]: csrf };
  };

  return {
    headers,
    forget() {
      known = null;
    },
    async logIn(secret) {
      if (!TOKEN_FORM.test(secret)) return begin({ password: secret });
      try {
        await begin({ token: secret });
      } catch (error) {
        // A password may happen to look like a token.
        if (!(error instanceof RpcError) || error.code !== 'unauthenticated') throw error;
        await begin({ password: secret });
      }
    },
    async logOut() {
      await exchange<null>(fetch, '/admin/logout', post({}, await headers()));
      known = null;
    },
  };
}
