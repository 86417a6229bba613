/** The user interface's own files, with the headers that keep foreign code and frames out (DESIGN section 13). */
import { randomBytes } from 'node:crypto';
import type { Context } from 'koa';
import type { Route } from '../../gateway/index.ts';
import { answer, failure } from './answer.ts';
import { readStatic } from './static-file.ts';

/** Pages by the names of the source documents, and where the one page of the interface shows them. */
const PAGES: Readonly<Record<string, string>> = {
  '/admin/login': '/#/login',
  '/admin/dashboard': '/#/providers',
};

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Switchyard</title>
<h1>The user interface is not built</h1>
<p>The gateway is running. Run <code>npm run build</code> in the project folder, then reload this page.</p>
</html>
`;

/** @param nonce for style elements that libraries add while the page runs; only the page itself has one */
function contentSecurityPolicy(nonce?: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${nonce === undefined ? '' : ` 'nonce-${nonce}'`}`,
    "style-src-attr 'none'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** Gives the page its nonce where its code looks for it. */
export function withNonce(html: string, nonce: string): string {
  const meta = `<meta name="csp-nonce" content="${nonce}">`;
  const placeholder = /<meta name="csp-nonce"[^>]*>/;
  return placeholder.test(html)
    ? html.replace(placeholder, meta)
    : html.replace(/<head[^>]*>/, (head) => `${head}\n    ${meta}`);
}

/** @param root folder of the built renderer; it may be missing */
export function pageRoutes(root: string): readonly Route[] {
  const protect = (ctx: Context, nonce?: string): void => {
    ctx.set('content-security-policy', contentSecurityPolicy(nonce));
    ctx.set('x-content-type-options', 'nosniff');
    ctx.set('referrer-policy', 'no-referrer');
    ctx.set('cross-origin-opener-policy', 'same-origin');
    ctx.set('cross-origin-resource-policy', 'same-origin');
  };

  const servePage = async (ctx: Context): Promise<void> => {
    const nonce = randomBytes(16).toString('base64');
    const index = await readStatic(root, '/index.html');
    protect(ctx, nonce);
    ctx.set('cache-control', 'no-cache');
    ctx.type = 'text/html; charset=utf-8';
    ctx.body = index === undefined ? NOT_BUILT : withNonce(index.bytes.toString('utf8'), nonce);
  };

  const serveFile = async (ctx: Context): Promise<void> => {
    const file = ctx.path === '/index.html' ? undefined : await readStatic(root, ctx.path);
    if (file === undefined) return answer(ctx, failure('not_found', 'There is no such file.'));
    protect(ctx);
    // Names in assets/ carry a hash of their content.
    const immutable = ctx.path.startsWith('/assets/');
    ctx.set('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
    ctx.set('content-type', file.type);
    ctx.body = file.bytes;
  };

  const route = (path: string, handle: Route['handle']): Route => ({
    method: 'GET',
    path,
    access: 'page',
    body: 'none',
    errors: 'control',
    handle,
  });

  return [
    route('/', servePage),
    ...Object.entries(PAGES).map(([path, place]) => route(path, (ctx) => ctx.redirect(place))),
    route('/assets/{*path}', serveFile),
    route('/:file', serveFile),
  ];
}
