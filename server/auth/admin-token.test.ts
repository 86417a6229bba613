import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAdminToken } from './admin-token.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-token-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('makes a token of 256 bits in a file only its owner reads', async () => {
  const token = await createAdminToken(folder).read();
  expect(Buffer.from(token, 'base64url').byteLength).toBe(32);
  expect(readFileSync(join(folder, 'admin-token'), 'utf8')).toBe(`${token}\n`);
  expect(statSync(join(folder, 'admin-token')).mode & 0o777).toBe(0o600);
});

it('gives the same token at the next start, and closes a file left open to others', async () => {
  const token = await createAdminToken(folder).read();
  writeFileSync(join(folder, 'admin-token'), token, { mode: 0o644 });
  expect(await createAdminToken(folder).read()).toBe(token);
  expect(statSync(join(folder, 'admin-token')).mode & 0o777).toBe(0o600);
});

it.each(['', 'not a token', 'x'.repeat(44)])('makes a new one where the file holds %j', async (text) => {
  writeFileSync(join(folder, 'admin-token'), text);
  expect(await createAdminToken(folder).read()).toMatch(/^[\w-]{43}$/);
});

it('accepts its own token and no other', async () => {
  const token = createAdminToken(folder);
  const value = await token.read();
  expect(await token.matches(value)).toBe(true);
  for (const wrong of ['', value.slice(0, -1), `${value}x`, "' OR 1=1--", 'x'.repeat(1_000_000), '钥匙']) {
    expect(await token.matches(wrong)).toBe(false);
  }
});

it('can be asked before anybody read it: the password was removed while running', async () => {
  const token = createAdminToken(folder);
  expect(await token.matches('x')).toBe(false);
  expect(await token.matches(readFileSync(join(folder, 'admin-token'), 'utf8').trim())).toBe(true);
});
