import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SignatureVault } from '../core/signature-vault.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { keptReasoning } from '../testing/kept-reasoning.ts';
import { DAY, signatureVaultSuite } from '../testing/signature-vault-suite.ts';
import { createMemorySignatures, createSignatures } from './signatures.ts';

let folder: string;
let file: string;
let warnings: string[];
const opened: SignatureVault[] = [];
let clock = createSteppedClock();
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-signatures-'));
  file = join(folder, 'signatures.jsonl');
  warnings = [];
  clock = createSteppedClock(Date.now());
});
afterEach(async () => {
  for (const vault of opened.splice(0)) await vault.close();
  await rm(folder, { recursive: true, force: true });
});

const note = (message: string): void => void warnings.push(message);
const logger = { debug: () => undefined, info: () => undefined, warn: note, error: note };
/** A new process on the same file. */
function open(): SignatureVault {
  const vault = createSignatures({ file, clock, logger });
  opened.push(vault);
  return vault;
}
const linesOf = async (): Promise<number> =>
  (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '').length;

signatureVaultSuite('memory', createMemorySignatures);
signatureVaultSuite('file', (own, limits) => createSignatures({ file, clock: own, logger, limits }));
describe('the file', () => {
  it('keeps over restarts, for its owner only', async () => {
    const first = open();
    first.put('call:1', keptReasoning('one'));
    first.put('call:2', keptReasoning('two'));
    first.put('call:1', keptReasoning('three'));
    await first.close();
    expect((await stat(file)).mode & 0o777).toBe(0o600);

    const second = open();
    await second.ready();
    expect(second.get('call:1')).toEqual(keptReasoning('three'));
    expect(second.get('call:2')).toEqual(keptReasoning('two'));
    await second.close();
    expect(warnings).toEqual([]);
  });

  it('is not made, nor read, where nothing is kept', async () => {
    await open().close();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is written soon, without anybody waiting', async () => {
    const vault = open();
    await vault.ready();
    vault.put('call:1', keptReasoning('one'));
    clock.step(1_000);
    await expect.poll(() => linesOf().catch(() => 0)).toBe(1);
  });

  it('what this run put is newer than what it reads meanwhile', async () => {
    const first = open();
    first.put('call:1', keptReasoning('old'));
    await first.close();
    const second = open();
    second.put('call:1', keptReasoning('new'));
    await second.ready();
    expect(second.get('call:1')).toEqual(keptReasoning('new'));
    await second.close();
    const third = open();
    await third.ready();
    expect(third.get('call:1')).toEqual(keptReasoning('new'));
  });

  it('that ends in the middle of a line costs that line, and the next one is whole', async () => {
    const first = open();
    first.put('call:1', keptReasoning('one'));
    first.put('call:2', keptReasoning('two'));
    await first.close();
    await truncate(file, (await stat(file)).size - 20);

    const second = open();
    await second.ready();
    expect(second.get('call:1')).toEqual(keptReasoning('one'));
    expect(second.get('call:2')).toBeUndefined();
    second.put('call:3', keptReasoning('three'));
    await second.close();

    const third = open();
    await third.ready();
    expect(third.get('call:1')).toEqual(keptReasoning('one'));
    expect(third.get('call:2')).toBeUndefined();
    expect(third.get('call:3')).toEqual(keptReasoning('three'));
  });

  it('with anything else in it costs nothing but that', async () => {
    const first = open();
    first.put('call:1', keptReasoning('one'));
    await first.close();
    const good = await readFile(file);
    const junk = Buffer.concat([Buffer.alloc(3_000_000, 0x61), Buffer.from('\n\0\0\n["call:9",5]\n[]\n')]);
    const foreign = Buffer.from('["call:8",9999999999999,{"reasoning":3}]\n');
    await writeFile(file, Buffer.concat([junk, good, foreign]));
    const second = open();
    await second.ready();
    expect(second.get('call:1')).toEqual(keptReasoning('one'));
    expect(second.get('call:8')).toBeUndefined();
    expect(second.get('call:9')).toBeUndefined();
  });

  it('is written anew when most of it is void; what a killed rewriting left is cleared', async () => {
    const vault = open();
    const long = 'x'.repeat(100_000);
    for (let round = 0; round < 60; round += 1) {
      vault.put('call:1', keptReasoning(`${long}${round}`));
      vault.put(`call:more-${round % 3}`, keptReasoning('small'));
      clock.step(1_000);
      await vault.ready();
    }
    await vault.close();
    expect((await stat(file)).size).toBeLessThan(3_000_000);
    await writeFile(`${file}.next`, 'half of it');

    const second = open();
    await second.ready();
    expect(second.get('call:1')).toEqual(keptReasoning(`${long}59`));
    expect(second.get('call:more-2')).toEqual(keptReasoning('small'));
    expect(await readdir(folder)).toEqual(['signatures.jsonl']);
  });

  it('holds nothing that is too old, once it is written to', async () => {
    const vault = open();
    vault.put('call:1', keptReasoning('secret thought'));
    clock.step(1_000);
    await vault.ready();
    clock.step(31 * DAY);
    vault.put('call:2', keptReasoning('today'));
    await vault.close();
    const text = await readFile(file, 'utf8');
    expect(text).toContain('today');
    expect(text).not.toContain('secret thought');
  });

  it('goes as a whole at a start long after the last write', async () => {
    const first = open();
    first.put('call:1', keptReasoning('one'));
    await first.close();
    const then = new Date(Date.now() - 31 * DAY);
    await utimes(file, then, then);
    await open().close();
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('trouble on disk', () => {
  it('is told once, and everything goes on in memory', async () => {
    await mkdir(file);
    const vault = open();
    await vault.ready();
    for (let number = 1; number <= 3; number += 1) {
      vault.put(`call:${number}`, keptReasoning('x'));
      clock.step(1_000);
      await vault.ready();
    }
    expect(vault.get('call:3')).toEqual(keptReasoning('x'));
    await vault.close();
    expect(warnings).toEqual(['Signatures of reasoning are kept in memory only: their file cannot be used']);
  });

  it('a folder that is gone breaks nothing either', async () => {
    const vault = open();
    await vault.ready();
    await rm(folder, { recursive: true });
    vault.put('call:1', keptReasoning('x'));
    await vault.close();
    expect(vault.get('call:1')).toEqual(keptReasoning('x'));
    expect(warnings).toHaveLength(1);
  });
});
