import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TokenEstimator } from '../core/token-estimator.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { createTokenEstimator } from './estimator.ts';

const REAL = new URL('./worker.ts', import.meta.url);
const CRASHING = new URL('../testing/crashing-token-worker.ts', import.meta.url);
const BUILT = ['server', 'main'].map((host) => new URL(`../../out/${host}/token-worker.js`, import.meta.url));

let clock = createSteppedClock();
let warnings: string[] = [];
let folder = '';
const opened: TokenEstimator[] = [];
beforeEach(async () => {
  clock = createSteppedClock();
  warnings = [];
  folder = await mkdtemp(join(tmpdir(), 'switchyard-tokens-'));
});
afterEach(async () => {
  for (const estimator of opened.splice(0)) await estimator.close();
  await rm(folder, { recursive: true });
});

const note = (text: string): void => void warnings.push(text);
function open(worker: URL): TokenEstimator {
  const logger = { debug: () => undefined, info: () => undefined, warn: note, error: note };
  const estimator = createTokenEstimator({ worker, clock, logger });
  opened.push(estimator);
  return estimator;
}
const threads = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;

describe('counting in the worker', () => {
  it('is the tokenizer of o200k, special words and all', async () => {
    const estimator = open(REAL);
    expect(await estimator.estimateTokens(['hello world'])).toBe(2);
    expect(await estimator.estimateTokens(['hello', ' world', ''])).toBe(2);
    expect(await estimator.estimateTokens(['<|endoftext|>'])).toBeGreaterThan(3);
    expect(await estimator.estimateTokens(['Grüße, 世界! 🎉'])).toBeGreaterThan(4);
    expect(await estimator.estimateTokens([])).toBe(0);
  });

  it('answers many at once, each its own', async () => {
    const estimator = open(REAL);
    const counts = await Promise.all(
      Array.from({ length: 30 }, (_, index) => estimator.estimateTokens(['word '.repeat(index + 1)])),
    );
    expect(counts).toEqual(Array.from({ length: 30 }, (_, index) => index + 2));
  });

  it('takes bounded time for what tokenizers are slow at, and for tens of megabytes', async () => {
    const estimator = open(REAL);
    const letters = await estimator.estimateTokens(['a'.repeat(30_000_000)]);
    expect(letters).toBeGreaterThan(2_000_000);
    expect(letters).toBeLessThan(8_000_000);
    const words = await estimator.estimateTokens(['hello world '.repeat(1_000_000)]);
    expect(words / 2_000_000).toBeGreaterThan(0.95);
    expect(words / 2_000_000).toBeLessThan(1.1);
  });

  it.runIf(BUILT.some((url) => existsSync(url)))('works the same in the build', async () => {
    for (const url of BUILT.filter((one) => existsSync(one))) {
      expect(await open(url).estimateTokens(['hello world'])).toBe(2);
    }
  });
});

describe('the worker', () => {
  it('runs from the first text on, ends when idle, and comes back', async () => {
    const before = threads();
    const estimator = open(REAL);
    expect(threads()).toBe(before);
    await estimator.estimateTokens(['hello']);
    expect(threads()).toBe(before + 1);
    clock.step(59_000);
    expect(await estimator.estimateTokens(['hello world'])).toBe(2);
    clock.step(59_000);
    expect(threads()).toBe(before + 1);
    clock.step(2_000);
    await expect.poll(threads).toBe(before);
    expect(await estimator.estimateTokens(['hello world'])).toBe(2);
  });

  it('that crashes once is started again, and nobody notices', async () => {
    const estimator = open(CRASHING);
    const counts = await Promise.all([
      estimator.estimateTokens([`die once at ${join(folder, 'mark')}`]),
      estimator.estimateTokens(['other']),
    ]);
    expect(counts).toEqual([1_000, 1_000]);
    expect(warnings).toEqual([]);
  });

  it('that crashes twice leaves rough counts for everybody who waits, and rests a minute', async () => {
    const estimator = open(CRASHING);
    expect(
      await Promise.all([estimator.estimateTokens(['die']), estimator.estimateTokens(['x'.repeat(400)])]),
    ).toEqual([1, 100]);
    expect(warnings).toHaveLength(1);
    expect(await estimator.estimateTokens(['x'.repeat(40)])).toBe(10);
    clock.step(60_000);
    expect(await estimator.estimateTokens(['x'.repeat(40)])).toBe(1_000);
  });

  it('that hangs is replaced', async () => {
    const estimator = open(CRASHING);
    const hung = estimator.estimateTokens(['hang']);
    const other = estimator.estimateTokens(['x'.repeat(40)]);
    clock.step(15_000);
    clock.step(15_000);
    expect(await Promise.all([hung, other])).toEqual([1, 10]);
    expect(warnings).toHaveLength(1);
  });

  it('that cannot be started at all leaves rough counts', async () => {
    const estimator = open(new URL('./no-such-worker.ts', import.meta.url));
    expect(await estimator.estimateTokens(['x'.repeat(40)])).toBe(10);
  });

  it('has a bounded queue: what does not fit is counted roughly at once', async () => {
    const estimator = open(CRASHING);
    const waiting = Array.from({ length: 64 }, () => estimator.estimateTokens(['hang']));
    expect(await estimator.estimateTokens(['x'.repeat(40)])).toBe(10);
    await estimator.close();
    expect(await Promise.all(waiting)).toEqual(Array.from({ length: 64 }, () => 1));
  });

  it('closed answers roughly', async () => {
    const estimator = open(REAL);
    await estimator.close();
    expect(await estimator.estimateTokens(['x'.repeat(40)])).toBe(10);
  });
});
