/** Log-in, log-out and "who am I". */
import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';
import * as z from 'zod/mini';
import type { Route, Session } from '../../gateway/index.ts';
import type { SessionCookie } from '../auth/cookie.ts';
import type { LogIn, LogInResult } from '../auth/log-in.ts';
import type { Sessions } from '../auth/sessions.ts';
import { answer, failure } from './answer.ts';
import { jsonInput } from './json-input.ts';

const credentialsSchema = z.strictObject({
  token: z.optional(z.string()),
  password: z.optional(z.string()),
});

const isEncrypted = (request: IncomingMessage): boolean => 'encrypted' in request.socket;

/**
 * True where the browser speaks TLS, with this process or with a proxy before it. Of the latter the page's own origin
 * tells, which the browser states and a page that came over plain HTTP cannot have; what a proxy adds anybody can.
 */
function isSecure(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  return (
    isEncrypted(request) || (host !== undefined && origin?.toLowerCase() === `https://${host.toLowerCase()}`)
  );
}

/** The session a request carries in its cookie; null without one. */
export function sessionOf(
  sessions: Sessions,
  cookie: SessionCookie,
  request: IncomingMessage,
): Session | null {
  for (const value of cookie.values(request.headers.cookie, isEncrypted(request))) {
    const session = sessions.find(value);
    if (session !== null) return session;
  }
  return null;
}

/** Host header without its port; the guard has judged it already. */
const hostNameOf = (host: string | undefined): string => (host ?? '').replace(/:\d+$/, '');

/** `POST /admin/login`, `POST /admin/logout` and `GET /admin/session`. */
export function sessionRoutes(logIn: LogIn, cookie: SessionCookie): readonly Route[] {
  const { sessions } = logIn;

  const refuse = (ctx: Context, result: Extract<LogInResult, { ok: false }>): void => {
    switch (result.reason) {
      case 'insecure':
        return answer(ctx, failure('forbidden', result.message));
      case 'wrong':
        return answer(ctx, failure('unauthenticated', result.message));
      case 'wait':
        ctx.set('retry-after', String(Math.ceil(result.wait / 1_000)));
        return answer(ctx, failure('locked', result.message), 429);
    }
  };

  return [
    {
      method: 'POST',
      path: '/admin/login',
      access: 'page',
      body: 'json',
      errors: 'control',
      async handle(ctx, { body }) {
        const input = jsonInput(body);
        if (!input.ok) return answer(ctx, failure('unauthenticated', input.error.message));
        const credentials = credentialsSchema.safeParse(input.data);
        if (!credentials.success) {
          const form = '{"token": "..."} or, where an admin password is set, {"password": "..."}';
          return answer(ctx, failure('unauthenticated', `Send ${form}.`));
        }
        const result = await logIn.logIn(credentials.data, {
          address: ctx.req.socket.remoteAddress ?? '',
          host: hostNameOf(ctx.req.headers.host),
          secure: isSecure(ctx.req),
        });
        if (!result.ok) return refuse(ctx, result);
        // A session that was there before is never continued: who planted its cookie gains nothing.
        const before = sessionOf(sessions, cookie, ctx.req);
        if (before !== null) sessions.end(before.id);
        ctx.append('set-cookie', cookie.begin(result.cookie, isSecure(ctx.req)));
        const csrf = sessions.find(result.cookie)?.csrf;
        return answer(ctx, { ok: true, data: { csrf } });
      },
    },
    {
      method: 'POST',
      path: '/admin/logout',
      access: 'session',
      body: 'json',
      errors: 'control',
      handle(ctx, { session }) {
        if (session !== null) sessions.end(session.id);
        ctx.append('set-cookie', cookie.end(isSecure(ctx.req)));
        answer(ctx, { ok: true, data: null });
      },
    },
    {
      method: 'GET',
      path: '/admin/session',
      access: 'session',
      body: 'none',
      errors: 'control',
      handle(ctx, { session }) {
        if (session === null) return answer(ctx, failure('unauthenticated', 'Log in first.'));
        return answer(ctx, { ok: true, data: { csrf: session.csrf } });
      },
    },
  ];
}
