/** The files of the user interface, with the headers that keep foreign code and frames out (DESIGN section 13). */
import { randomBytes } from 'node:crypto';
import { readStatic } from './static-file.ts';

/** One file as it goes to the page, whatever carries it there. */
export interface PageFile {
  readonly headers: Readonly<Record<string, string>>;
  readonly content: Buffer | string;
}

export interface PageFiles {
  /** The page itself, each time with a nonce of its own; where it is not built, one that says so. */
  page(): Promise<PageFile>;
  /** @returns undefined when there is no such file, or it is not for the page */
  file(path: string): Promise<PageFile | undefined>;
}

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Switchyard</title>
<h1>The user interface is not built</h1>
<p>The gateway is running. Run <code>npm run build</code> in the project folder, then reload this page.</p>
</html>
`;

/** @param root folder of the built renderer; it may be missing */
export function createPageFiles(root: string): PageFiles {
  return {
    async page() {
      const nonce = randomBytes(16).toString('base64');
      const index = await readStatic(root, '/index.html');
      return {
        headers: {
          ...protection(nonce),
          'cache-control': 'no-cache',
          'content-type': 'text/html; charset=utf-8',
        },
        content: index === undefined ? NOT_BUILT : withNonce(index.bytes.toString('utf8'), nonce),
      };
    },
    async file(path) {
      // The page without its nonce would be of no use.
      const found = path === '/index.html' ? undefined : await readStatic(root, path);
      if (found === undefined) return undefined;
      // Names in assets/ carry a hash of their content.
      const immutable = path.startsWith('/assets/');
      return {
        headers: {
          ...protection(),
          'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
          'content-type': found.type,
        },
        content: found.bytes,
      };
    },
  };
}

function protection(nonce?: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': contentSecurityPolicy(nonce),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };
}

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
