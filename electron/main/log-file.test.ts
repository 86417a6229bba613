import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LogSink } from '../../gateway/index.ts';
import { logToFile } from './log-file.ts';

let root = '';
let folder = '';
let shown: string[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'switchyard-log-'));
  folder = join(root, 'data');
  shown = [];
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const console: LogSink = {
  write: (line) => shown.push(line),
  flush: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

it('lines reach the file and the console', async () => {
  const sink = logToFile(folder, console);
  sink.write('one\n');
  await sink.close();
  expect([readFileSync(join(folder, 'logs', 'desktop.log'), 'utf8'), shown]).toEqual(['one\n', ['one\n']]);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

it('a large file is put aside at the next start', async () => {
  const path = join(folder, 'logs', 'desktop.log');
  mkdirSync(join(folder, 'logs'), { recursive: true });
  writeFileSync(path, 'x'.repeat(5_000_001));
  const sink = logToFile(folder, console);
  sink.write('new\n');
  await sink.close();
  expect([readFileSync(path, 'utf8'), statSync(`${path}.1`).size]).toEqual(['new\n', 5_000_001]);
});

it('a file that cannot be made leaves the console', () => {
  writeFileSync(folder, 'a file is in the way');
  logToFile(folder, console).write('one\n');
  expect(shown).toEqual([expect.stringContaining('The log file cannot be written'), 'one\n']);
});
