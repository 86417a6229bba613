import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fileSink, type Rotation } from './log-file.ts';
import type { LogSink } from './log-sink.ts';

let folder = '';
let path = '';
const failures: Error[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-log-'));
  path = join(folder, 'logs', 'a.log');
  failures.length = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (rotation: Rotation): LogSink =>
  fileSink(
    path,
    () => rotation,
    (error) => failures.push(error),
  );

/** Each line goes out in a write of its own. */
async function write(sink: LogSink, ...lines: readonly string[]): Promise<void> {
  for (const line of lines) {
    sink.write(line);
    await sink.flush();
  }
}

async function contents(): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(join(folder, 'logs'))).sort();
  const texts = names.map(async (name): Promise<[string, string]> => [
    name,
    await readFile(join(folder, 'logs', name), 'utf8'),
  ]);
  return Object.fromEntries(await Promise.all(texts));
}

it('is put aside when it is full, and only so many are kept', async () => {
  const sink = open({ maxSize: 8, maxFiles: 3 });
  await write(sink, 'one\n', 'two\n', 'three\n', 'four\n', 'five\n');
  await sink.close();
  expect(await contents()).toEqual({ 'a.log': 'five\n', 'a.log.1': 'four\n', 'a.log.2': 'three\n' });
  expect(failures).toEqual([]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

it('goes on where an earlier run stopped', async () => {
  await write(open({ maxSize: 8, maxFiles: 2 }), 'one\n');
  await write(open({ maxSize: 8, maxFiles: 2 }), 'two\n', 'x\n');
  expect(await contents()).toEqual({ 'a.log': 'x\n', 'a.log.1': 'one\ntwo\n' });
});

it('keeps no older file where one in all is asked for, and deletes those of a larger count', async () => {
  const sink = open({ maxSize: 4, maxFiles: 1 });
  await writeFile(`${path}.1`, 'old');
  await writeFile(`${path}.7`, 'older');
  await writeFile(`${path}.bak`, 'mine');
  await write(sink, 'one\n', 'two\n');
  expect(await contents()).toEqual({ 'a.log': 'two\n', 'a.log.bak': 'mine' });
});

it('loses no line of many written at once, and no line is cut in two', async () => {
  const sink = open({ maxSize: 500, maxFiles: 100 });
  const lines = Array.from({ length: 300 }, (_line, number) => `line ${number}\n`);
  for (const [number, line] of lines.entries()) {
    sink.write(line);
    if (number % 7 === 0) await new Promise(setImmediate);
  }
  await sink.close();
  const files = await contents();
  const numberOf = (name: string): number => Number(/\d+$/.exec(name)?.[0] ?? 0);
  const inOrder = Object.keys(files).sort((left, right) => numberOf(right) - numberOf(left));
  expect(inOrder.map((name) => files[name]).join('')).toBe(lines.join(''));
});

it('is written on where it cannot be put aside', async () => {
  const sink = open({ maxSize: 4, maxFiles: 2 });
  await write(sink, 'one\n');
  await rm(join(folder, 'logs'), { recursive: true });
  await writeFile(join(folder, 'logs'), 'no folder');
  await write(sink, 'two\n');
  expect(failures).toHaveLength(1);
  await sink.close();
});

it('begins again where its folder was deleted', async () => {
  const sink = open({ maxSize: 4, maxFiles: 2 });
  await write(sink, 'one\n');
  await rm(join(folder, 'logs'), { recursive: true });
  await write(sink, 'two\n');
  expect(await contents()).toEqual({ 'a.log': 'two\n' });
  expect(failures).toEqual([]);
  await sink.close();
});
