import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { cookieOf } from './cookie-of.ts';

const machine = vi.hoisted(() => ({ name: 'mac.local' }));
vi.mock(import('node:os'), async (original) => ({ ...(await original()), hostname: () => machine.name }));

let root = '';
let data = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'switchyard-cookie-'));
  data = join(root, 'data');
  mkdirSync(data);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const nameOf = async (folder: string): Promise<string> =>
  (await cookieOf(folder)).begin('', false).split('=', 1)[0] ?? '';

it('is the same one after a restart, also where a network calls the machine by another name', async () => {
  const before = await nameOf(data);
  machine.name = 'mac.corp.example';
  expect(await nameOf(data)).toBe(before);
});

it('is another one where another container has its data in the same place', async () => {
  const before = await nameOf(data);
  rmSync(data, { recursive: true });
  mkdirSync(data);
  expect(await nameOf(data)).not.toBe(before);
});

it('is another one in a copy of the folder, which may run beside the first', async () => {
  const before = await nameOf(data);
  const copy = join(root, 'copy');
  cpSync(data, copy, { recursive: true });
  expect(await nameOf(copy)).not.toBe(before);
});

it('is the same one each time where the folder cannot say who it is', async () => {
  mkdirSync(join(data, 'folder-id'));
  expect(await nameOf(data)).toBe(await nameOf(data));
});
