import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadEnvironment } from './load-environment.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-environment-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (content: string | Buffer): void => writeFileSync(join(folder, '.env'), content);

it('adds .env of the working folder below the real variables', () => {
  write('PORT=9000\nOPENAI_API_KEY="sk-from-file" # mine\n');
  expect(loadEnvironment({ PORT: '8001' }, folder)).toEqual({
    PORT: '8001',
    OPENAI_API_KEY: 'sk-from-file',
  });
});

it('is the real one where there is no .env', () => {
  expect(loadEnvironment({ A: 'b' }, folder)).toEqual({ A: 'b' });
});

it('says so when .env cannot be read', () => {
  mkdirSync(join(folder, '.env'));
  expect(() => loadEnvironment({}, folder)).toThrow(/\.env cannot be read/);
});
