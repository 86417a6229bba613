/**
 * The way in for commands of the same account while an app without a log-in of its own runs: a few procedures, on
 * this machine, for whoever can read the token in the lock file of the data folder, which is the owner alone.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { ControlPlane } from '../index.ts';
import type { Route, Session } from '../http/route.ts';

/** What commands ask for; everything else stays with the app's own pages. */
const PROCEDURES: ReadonlySet<string> = new Set([
  'connect.list',
  'connect.plan',
  'connect.apply',
  'routing.explain',
]);

const IN_THE_APP = 'The desktop app is running on this data folder: do this in the app, or quit it first.';

/** Below the address of the gateway; the name of the procedure follows. */
export const OWNER_PATH = '/owner/rpc';
/** Header that brings the token; the guard wants it in `x-switchyard-csrf` as well, which no other page can set. */
export const OWNER_HEADER = 'x-switchyard-owner';

export interface OwnerDoor {
  /** 256 random bits, new with each start. */
  readonly token: string;
  readonly sessionOf: (request: IncomingMessage) => Session | null;
  readonly route: (control: ControlPlane) => Route;
}

export function createOwnerDoor(): OwnerDoor {
  const token = randomBytes(32).toString('base64url');
  const session: Session = { id: 'owner', csrf: token };
  return {
    token,
    sessionOf({ headers, socket }) {
      const brought = headers[OWNER_HEADER];
      if (typeof brought !== 'string' || !isHere(socket.remoteAddress ?? '')) return null;
      return timingSafeEqual(hashOf(brought), hashOf(token)) ? session : null;
    },
    route: (control) => ({
      method: 'POST',
      path: `${OWNER_PATH}/:name`,
      access: 'session',
      body: 'json',
      errors: 'control',
      async handle(ctx, { params, body }) {
        const name = params['name'] ?? '';
        const result = PROCEDURES.has(name)
          ? await control.call(name, inputOf(body))
          : { ok: false, error: { code: 'not_found', message: IN_THE_APP } };
        ctx.set('cache-control', 'no-store');
        ctx.type = 'application/json';
        ctx.body = JSON.stringify(result);
      },
    }),
  };
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();
const isHere = (peer: string): boolean => /^(?:::1|(?:::ffff:)?127(?:\.\d+){3})$/.test(peer);

/** What is no JSON is refused by the procedure, as any wrong input. */
function inputOf(body: Uint8Array): unknown {
  try {
    const input: unknown = JSON.parse(new TextDecoder().decode(body));
    return input;
  } catch {
    return null;
  }
}
