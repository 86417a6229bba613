import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { variableOfFile } from './env-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-env-file-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('is the one of .env, behind a byte order mark too', () => {
  writeFileSync(join(folder, '.env'), '\ufeffSWITCHYARD_HEADLESS=1\n');
  expect(variableOfFile('SWITCHYARD_HEADLESS', folder)).toBe('1');
  expect(variableOfFile('PORT', folder)).toBe('');
});

it('is empty where there is no such file', () => {
  expect(variableOfFile('SWITCHYARD_HEADLESS', folder)).toBe('');
});
