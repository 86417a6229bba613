import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PIECE, PREAMBLE } from './format.ts';
import { readBackup, readHead } from './read.ts';
import { writeBackup, type PartSource } from './write.ts';

vi.mock('../state/master-key.ts', () => import('../testing/quick-master-key.ts'));

const PASSPHRASE = 'correct horse battery';
let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-backup-'));
  file = join(folder, 'some.swbackup');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const part = (name: string, ...texts: readonly (string | Uint8Array)[]): PartSource => ({
  name,
  async *pieces() {
    await Promise.resolve();
    for (const text of texts) yield typeof text === 'string' ? Buffer.from(text) : text;
  },
});

const write = (parts: readonly PartSource[], passphrase: string | null = null, cancelled = () => false) =>
  writeBackup({
    file,
    head: { app: '1.2.3', created: 1_000, logSchema: null, secrets: false },
    passphrase,
    parts,
    cancelled,
    told: () => undefined,
  });

async function read(passphrase: string | null = null): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  let name = '';
  for await (const piece of readBackup(file, passphrase)) {
    if (piece.kind === 'part') found[(name = piece.name)] = '';
    if (piece.kind === 'data') found[name] = `${found[name] ?? ''}${piece.bytes.toString('latin1')}`;
  }
  return found;
}

describe('a back-up', () => {
  it.each([null, PASSPHRASE])('gives back what was written (passphrase %s)', async (passphrase) => {
    const large = Buffer.alloc(2 * PIECE + 17, 'abcdefg');
    await write([part('a', 'one', ' two'), part('empty'), part('large', large)], passphrase);
    expect(await read(passphrase)).toEqual({ a: 'one two', empty: '', large: large.toString('latin1') });
    expect(await readHead(file)).toMatchObject({ app: '1.2.3', created: 1_000 });
    expect(readdirSync(folder)).toEqual(['some.swbackup']);
  });

  it('shows nothing of its parts under a passphrase', async () => {
    await write([part('a-name', 'a-secret')], PASSPHRASE);
    expect(readFileSync(file, 'latin1')).not.toMatch(/a-name|a-secret/);
    await expect(read()).rejects.toMatchObject({ fault: 'passphrase' });
    await expect(read('another passphrase')).rejects.toMatchObject({ fault: 'passphrase' });
  });

  it('is found out wherever it is cut, and whichever bit is flipped', async () => {
    await write([part('a', 'one'), part('b', 'two')]);
    const whole = readFileSync(file);
    for (let length = 0; length < whole.length; length += 1) {
      writeFileSync(file, whole.subarray(0, length));
      await expect(read(), `cut to ${length}`).rejects.toMatchObject({ fault: 'damaged' });
    }
    for (let at = 0; at < whole.length; at += 1) {
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
      writeFileSync(file, flipped);
      await expect(read(), `flipped at ${at}`).rejects.toMatchObject({
        fault: expect.stringMatching(/damaged|newer/),
      });
    }
    writeFileSync(file, Buffer.concat([whole, Buffer.of(0)]));
    await expect(read()).rejects.toMatchObject({ fault: 'damaged' });
  });

  it('that was changed and given a new checksum is found out under a passphrase', async () => {
    const name = 'x'.repeat(200);
    await write([part(name, 'one'), part(name, 'two')], PASSPHRASE);
    const whole = readFileSync(file);
    const content = whole.subarray(0, -32);
    const sum = (bytes: Buffer) => createHash('sha256').update(bytes).digest();
    // The frames of both parts are of the same kinds and lengths: they could be exchanged if nothing told them apart.
    const frames: Buffer[] = [];
    for (let at = PREAMBLE.length; at < content.length;) {
      const length = 5 + content.readUInt32BE(at + 1);
      frames.push(content.subarray(at, at + length));
      at += length;
    }
    const [head, name1, data1, name2, data2, end] = frames;
    for (const order of [[head, name1, data2, name2, data1, end], [head]]) {
      const changed = Buffer.concat([PREAMBLE, ...order.flatMap((frame) => (frame ? [frame] : []))]);
      writeFileSync(file, Buffer.concat([changed, sum(changed)]));
      await expect(read(PASSPHRASE)).rejects.toMatchObject({ fault: 'damaged' });
    }
  });

  it('of a later format says so', async () => {
    await write([part('a', 'one')]);
    const later = PREAMBLE.toString().replace('1', '2');
    writeFileSync(file, Buffer.concat([Buffer.from(later), readFileSync(file).subarray(PREAMBLE.length)]));
    await expect(read()).rejects.toMatchObject({ fault: 'newer' });
    await expect(readHead(file)).rejects.toThrow(/later version.*format 2/);
  });

  it('that was stopped leaves nothing behind, and an earlier one alone', async () => {
    await write([part('a', 'earlier')]);
    await expect(write([part('a', 'later')], null, () => true)).rejects.toMatchObject({ fault: 'cancelled' });
    expect(readdirSync(folder)).toEqual(['some.swbackup']);
    expect(await read()).toEqual({ a: 'earlier' });
  });
});
