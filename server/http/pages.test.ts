import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveRoutes } from '../../gateway/testing/serve-routes.ts';
import type { ServedRoutes } from '../../gateway/testing/serve-routes.ts';
import { withNonce } from '../../gateway/hosting/page-files.ts';
import { readStatic } from '../../gateway/hosting/static-file.ts';
import { pageRoutes } from './pages.ts';

const CANARY = 'canary-outside-the-root';
let folder = '';
let root = '';
let served: ServedRoutes;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-static-'));
  root = join(folder, 'renderer');
  mkdirSync(join(root, 'assets', 'deep'), { recursive: true });
  mkdirSync(join(folder, 'renderer-twin'));
  writeFileSync(join(root, 'index.html'), '<!doctype html><html><head><title>x</title></head></html>');
  writeFileSync(join(root, 'theme.js'), 'theme()');
  writeFileSync(join(root, '.hidden.js'), CANARY);
  writeFileSync(join(root, 'assets', 'app-abc.js'), 'app()');
  writeFileSync(join(root, 'assets', 'with space.js'), 'space()');
  writeFileSync(join(root, 'assets', 'notes.env'), CANARY);
  writeFileSync(join(root, 'assets', 'deep', 'x.css'), 'a{}');
  writeFileSync(join(folder, 'secrets.js'), CANARY);
  writeFileSync(join(folder, 'renderer-twin', 'secrets.js'), CANARY);
  symlinkSync(join(folder, 'secrets.js'), join(root, 'assets', 'link.js'));
  symlinkSync(join(root, 'theme.js'), join(root, 'assets', 'inner.js'));
  symlinkSync(folder, join(root, 'assets', 'up'));
  served = await serveRoutes(pageRoutes(root));
});
afterAll(async () => {
  await served.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What browsers ask for when somebody types an address. */
const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

/** A request whose path nobody tidies on the way. */
function get(
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; text: string; headers: NodeJS.Dict<string | string[]> }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: served.port, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(chunks).toString(),
          headers: response.headers,
        }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

const CLEVER = [
  '/assets/../../secrets.js',
  '/assets/..%2f..%2fsecrets.js',
  '/assets/%2e%2e/%2e%2e/secrets.js',
  '/assets/%252e%252e/%252e%252e/secrets.js',
  '/assets/..%5c..%5csecrets.js',
  '/assets/..\\..\\secrets.js',
  '/assets/%2e%2e%2frenderer-twin%2fsecrets.js',
  '/..%2frenderer-twin%2fsecrets.js',
  '/assets/app-abc.js%00.css',
  '/assets/%00',
  '/assets/%',
  '/assets/%c0%ae%c0%ae/secrets.js',
  '/assets//etc/passwd',
  '/assets/%2fetc%2fpasswd',
  '/assets/link.js',
  '/assets/up/secrets.js',
  '/assets/notes.env',
  '/.hidden.js',
  '/assets',
  '/assets/',
  '/assets/deep',
  '/assets/missing.js',
  '/assets/app-abc.js/x.js',
  '/app/../secrets.enc',
  `/assets/${'x'.repeat(5_000)}.js`,
];

describe('files of the user interface', () => {
  it.each(CLEVER)('404 for %s', async (path) => {
    const { status, text } = await get(path);
    expect(status).toBe(404);
    expect(text).not.toContain(CANARY);
  });

  it.each([
    ['/assets/app-abc.js', 'app()', 'text/javascript; charset=utf-8'],
    ['/assets/with%20space.js', 'space()', 'text/javascript; charset=utf-8'],
    ['/assets/deep/x.css', 'a{}', 'text/css; charset=utf-8'],
    ['/assets/inner.js', 'theme()', 'text/javascript; charset=utf-8'],
  ])('serves %s for ever', async (path, body, type) => {
    const { status, text, headers } = await get(path);
    expect([status, text]).toEqual([200, body]);
    expect(headers).toMatchObject({
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    });
  });

  it('asks browsers to check again what has no hash in its name', async () => {
    expect((await get('/theme.js')).headers['cache-control']).toBe('no-cache');
  });

  it('reads nothing where the folder is missing', async () => {
    expect(await readStatic(join(folder, 'nowhere'), '/index.html')).toBeUndefined();
  });
});

describe('the page', () => {
  it('brings a policy without inline code and a nonce of its own', async () => {
    const [first, second] = await Promise.all([get('/'), get('/')]);
    const policy = String(first.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-");
    expect(policy).toContain("frame-ancestors 'none'");
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(first.text).toContain(`<meta name="csp-nonce" content="${nonce}">`);
    expect(second.text).not.toContain(nonce);
    expect(first.headers['cache-control']).toBe('no-cache');
  });

  it.each([
    ['/admin/login', '/#/login'],
    ['/admin/dashboard', '/#/providers'],
  ])('is where %s leads', async (path, place) => {
    expect(await get(path)).toMatchObject({ status: 302, headers: { location: place } });
  });

  it.each([
    ['/requests', '/#/requests'],
    ['/requests/req_abc?q=is%3Afailed', '/#/requests/req_abc?q=is%3Afailed'],
    ['/models/openai%2Fgpt-5', '/#/models/openai%2Fgpt-5'],
    ['/settings/backup', '/#/settings/backup'],
    ['/overview', '/#/'],
    ['/welcome', '/#/welcome'],
  ])('is where a browser is led that was given %s', async (path, place) => {
    expect(await get(path, BROWSER)).toMatchObject({ status: 302, headers: { location: place } });
  });

  it.each([
    ['/requests', {}],
    ['/requests', { accept: 'application/json' }],
    ['/requests', { accept: '*/*' }],
    ['/request', BROWSER],
    ['/requests/a/b', BROWSER],
    ['/requests/..%2f..%2fsecrets.js', { accept: '*/*' }],
  ])('is not what %s gets with %j', async (path, headers) => {
    expect((await get(path, headers)).status).toBe(404);
  });

  it('puts the nonce where the page asks for it', () => {
    expect(withNonce('<head><meta name="csp-nonce" content="" /></head>', 'abc')).toBe(
      '<head><meta name="csp-nonce" content="abc"></head>',
    );
  });

  it('says how to build it when it is not built', async () => {
    const bare = await serveRoutes(pageRoutes(join(folder, 'nowhere')));
    const text = await (await fetch(bare.url)).text();
    await bare.close();
    expect(text).toContain('npm run build');
  });
});
