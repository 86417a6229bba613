import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPageFiles } from '../../../gateway/index.ts';
import { createPageHandler } from './page-protocol.ts';

const CANARY = 'canary-outside-the-root';
let folder = '';
let root = '';
const failures: unknown[] = [];
const get = (path: string, method = 'GET', origin = 'app://switchyard') =>
  createPageHandler(createPageFiles(root), (error) => failures.push(error))({ url: origin + path, method });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-app-'));
  root = join(folder, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(
    join(root, 'index.html'),
    '<!doctype html><html><head><meta name="csp-nonce" content=""></head></html>',
  );
  writeFileSync(join(root, 'first-paint.js'), 'paint()');
  writeFileSync(join(root, 'assets', 'app-abc.js'), 'app()');
  writeFileSync(join(folder, 'secrets.js'), CANARY);
  symlinkSync(join(folder, 'secrets.js'), join(root, 'assets', 'link.js'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the page', () => {
  it.each(['/', '/?x=1', '/#/providers', '/?x=1#/providers'])('is what %s shows', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  it('brings the policy, with a nonce of its own each time', async () => {
    const [first, second] = [await get('/'), await get('/')];
    const policy = first.headers.get('content-security-policy') ?? '';
    const nonce = /style-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(nonce).toHaveLength(24);
    expect(await first.text()).toContain(`<meta name="csp-nonce" content="${nonce}">`);
    expect(second.headers.get('content-security-policy')).not.toBe(policy);
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src-attr 'none'",
      "connect-src 'self'",
      "frame-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ]) {
      expect(policy.split('; ')).toContain(part);
    }
    expect(policy).not.toContain('unsafe');
  });
});

describe('files', () => {
  it.each([
    ['/assets/app-abc.js', 'app()'],
    ['/assets/app-abc.js?v=2', 'app()'],
    ['/first-paint.js', 'paint()'],
  ])('%s is served', async (path, text) => {
    const response = await get(path);
    expect([response.status, await response.text()]).toEqual([200, text]);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    '/assets/missing.js',
    '/assets/../../secrets.js',
    '/assets/..%2f..%2fsecrets.js',
    '/assets/%2e%2e/%2e%2e/secrets.js',
    '/assets/..%5c..%5csecrets.js',
    '/assets/%252e%252e/secrets.js',
    '/assets/link.js',
    '/assets/%00',
    '/assets/%',
    '/assets//etc/passwd',
    '/assets',
    '/index.html',
    '/.hidden',
    '//evil.example/x.js',
  ])('404 for %s', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain(CANARY);
  });

  it.each(['app://elsewhere', 'app://switchyard.evil', 'file://', 'https://switchyard'])(
    '404 for another host: %s',
    async (origin) => expect((await get('/first-paint.js', 'GET', origin)).status).toBe(404),
  );

  it('answers only reading', async () => {
    expect((await get('/', 'POST')).status).toBe(405);
    const head = await get('/first-paint.js', 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('that cannot be read are told, not thrown', async () => {
    const handle = createPageHandler(
      { page: () => Promise.reject(new Error('no disk')), file: () => Promise.resolve(undefined) },
      (error) => failures.push(error),
    );
    expect((await handle({ url: 'app://switchyard/', method: 'GET' })).status).toBe(500);
    expect(String(failures.at(-1))).toContain('no disk');
  });
});
