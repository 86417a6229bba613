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

it('reads the first variable behind a byte order mark, as editors on Windows write it', () => {
  write('\ufeffAPP_API_KEY=sk-mine\nPORT=9000\n');
  expect(loadEnvironment({}, folder)).toEqual({ APP_API_KEY: 'sk-mine', PORT: '9000' });
});

it.each(['\ufeff', ''])('refuses UTF-16, as older PowerShells write it, rather than lose it all', (mark) => {
  write(Buffer.from(`${mark}APP_API_KEY=sk-mine\r\n`, 'utf16le'));
  expect(() => loadEnvironment({}, folder)).toThrow(/\.env is not text in UTF-8/);
  expect(() => loadEnvironment({}, folder)).not.toThrow('sk-mine');
});

it('is not hidden by a variable that is set to nothing', () => {
  write('APP_API_KEY=sk-mine\n');
  expect(loadEnvironment({ APP_API_KEY: '', PATH: '' }, folder)).toEqual({
    APP_API_KEY: 'sk-mine',
    PATH: '',
  });
});
