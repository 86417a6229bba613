import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LogSink } from './log-sink.ts';
import { createLogger } from './logger.ts';
import type { LoggingSettings } from './logger.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const initial: LoggingSettings = {
  level: 'info',
  format: 'text',
  destination: 'console',
  file: 'logs/a.log',
  max_size: 10_000_000,
  max_files: 5,
};

function setup() {
  const lines: string[] = [];
  const console: LogSink = {
    write: (line) => lines.push(line),
    flush: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const logger = createLogger({ clock: { wall: () => 0 }, console });
  return { lines, logger };
}

it('writes from the level on that is in force at this moment', () => {
  const { lines, logger } = setup();
  let settings = initial;
  logger.follow({ settings: () => settings, redact: (text) => text, folder });
  logger.debug('one');
  settings = { ...initial, level: 'debug' };
  logger.debug('two');
  settings = { ...initial, level: 'error' };
  logger.warn('three');
  logger.error('four');
  expect(lines.map((line) => /\] (\w+)\n/.exec(line)?.[1])).toEqual(['two', 'four']);
});

it('takes secrets out of messages and fields once it knows them', () => {
  const { lines, logger } = setup();
  logger.follow({
    settings: () => initial,
    redact: (text) => text.replaceAll('sk-canary', '[redacted]'),
    folder,
  });
  logger.info('key sk-canary', { key: 'sk-canary', error: new Error('with sk-canary') });
  expect(lines.join('')).not.toContain('canary');
});

it('writes to the file, in the folder given, readable by its owner', async () => {
  const { lines, logger } = setup();
  logger.follow({ settings: () => ({ ...initial, destination: 'file' }), redact: (text) => text, folder });
  logger.info('one');
  logger.info('two');
  await logger.flush();
  expect(lines).toEqual([]);
  expect(readFileSync(join(folder, 'logs', 'a.log'), 'utf8')).toMatch(/ one\n.* two\n$/);
});

it('writes to both, and to another file when the name changes', async () => {
  const { lines, logger } = setup();
  let file = 'logs/a.log';
  logger.follow({
    settings: () => ({ ...initial, destination: 'both', file }),
    redact: (text) => text,
    folder,
  });
  logger.info('one');
  file = 'logs/b.log';
  logger.info('two');
  await logger.flush();
  expect(lines).toHaveLength(2);
  expect(readFileSync(join(folder, 'logs', 'b.log'), 'utf8')).toContain(' two\n');
});

it('says once that the file cannot be written and goes on at the console', () => {
  const { lines, logger } = setup();
  mkdirSync(join(folder, 'taken'));
  logger.follow({
    settings: () => ({ ...initial, destination: 'file', file: 'taken' }),
    redact: (text) => text,
    folder,
  });
  logger.info('one');
  logger.info('two');
  expect(lines.filter((line) => line.includes('cannot be written'))).toHaveLength(1);
  expect(lines.filter((line) => / (one|two)\n/.test(line))).toHaveLength(2);
});

it('loses no line of many and keeps their order', async () => {
  const { logger } = setup();
  logger.follow({ settings: () => ({ ...initial, destination: 'file' }), redact: (text) => text, folder });
  for (let count = 0; count < 5_000; count += 1) {
    logger.info(`line${count}`);
    if (count % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await logger.flush();
  const text = readFileSync(join(folder, 'logs', 'a.log'), 'utf8');
  const numbers = [...text.matchAll(/line(\d+)\n/g)].map((match) => Number(match[1]));
  expect(numbers).toEqual(Array.from({ length: 5_000 }, (_, index) => index));
});
