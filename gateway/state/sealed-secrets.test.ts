import { randomBytes } from 'node:crypto';
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { secretStoreSuite } from '../testing/secret-store-suite.ts';
import type { MasterKey } from './master-key.ts';
import { readSealed, seal, writeSealed } from './sealed-format.ts';
import { createSealedSecrets } from './sealed-secrets.ts';

const master: MasterKey = { kind: 'raw', key: randomBytes(32) };
const folders: string[] = [];
const newFile = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-sealed-'));
  folders.push(folder);
  return join(folder, 'secrets.enc');
};

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

secretStoreSuite('sealed file', () => Promise.resolve(createSealedSecrets({ file: newFile(), master })));

/** A file with three writes behind it. */
async function written() {
  const file = newFile();
  const store = createSealedSecrets({ file, master });
  await store.set('openai/k1', 'canary-secret-one');
  await store.set('openai/k2', 'canary-secret-two');
  await store.set('openai/k3', 'canary-secret-three');
  return { file, store };
}

describe('the sealed file', () => {
  it('is readable by its owner only and holds no secret in clear', async () => {
    const { file } = await written();
    for (const path of [file, `${file}.previous`]) {
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(readFileSync(path, 'utf8')).not.toContain('canary');
    }
  });

  it('is opened by the next process with the same key', async () => {
    const { file } = await written();
    expect(await createSealedSecrets({ file, master }).get('openai/k2')).toBe('canary-secret-two');
  });

  it('opens with the passphrase it was made with', async () => {
    const file = newFile();
    const passphrase: MasterKey = { kind: 'passphrase', passphrase: 'correct horse battery' };
    await createSealedSecrets({ file, master: passphrase }).set('openai/k1', 'value');
    expect(await createSealedSecrets({ file, master: passphrase }).get('openai/k1')).toBe('value');
  });

  it('keeps the version before each write', async () => {
    const { file } = await written();
    renameSync(`${file}.previous`, file);
    rmSync(`${file}.generation`);
    const store = createSealedSecrets({ file, master });
    expect(await store.get('openai/k2')).toBe('canary-secret-two');
    await expect(store.get('openai/k3')).rejects.toMatchObject({ problem: 'not-found' });
  });
});

describe('a sealed file that is not as it was left', () => {
  /** Each case ends in its own sentence, and neither reading nor writing changes the file. */
  const cases: readonly {
    readonly name: string;
    readonly spoil: (file: string) => void;
    readonly problem: string;
    readonly says: string;
  }[] = [
    {
      name: 'torn',
      spoil: (file) => writeFileSync(file, readFileSync(file, 'utf8').slice(0, -200)),
      problem: 'unavailable',
      says: 'is torn',
    },
    {
      name: 'of a later version',
      spoil: (file) =>
        writeFileSync(
          file,
          readFileSync(file, 'utf8').replace('switchyard-secrets-1', 'switchyard-secrets-2'),
        ),
      problem: 'unavailable',
      says: 'later version',
    },
    { name: 'emptied', spoil: (file) => writeFileSync(file, ''), problem: 'unavailable', says: 'is torn' },
    {
      name: 'with one bit flipped',
      spoil: (file) => {
        const bytes = readFileSync(file);
        const at = bytes.indexOf('"data"') + 10;
        bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
        writeFileSync(file, bytes);
      },
      problem: 'unavailable',
      says: 'is damaged',
    },
    {
      name: 'rolled back by one write',
      spoil: (file) => copyFileSync(`${file}.previous`, file),
      problem: 'unavailable',
      says: 'was rolled back',
    },
    {
      name: 'with a record forged under another key',
      spoil: (file) => {
        const content = readSealed(readFileSync(file, 'utf8'));
        if (typeof content === 'string') throw new Error(content);
        const forged = seal(randomBytes(32), 'openai/k1', 'forged');
        writeFileSync(file, writeSealed({ ...content, records: { 'openai/k1': forged } }));
      },
      problem: 'unreadable',
      says: 'was not written by Switchyard',
    },
    {
      name: 'with two records swapped',
      spoil: (file) => {
        const content = readSealed(readFileSync(file, 'utf8'));
        if (typeof content === 'string') throw new Error(content);
        const other = content.records['openai/k2'];
        if (other === undefined) throw new Error('no record');
        writeFileSync(file, writeSealed({ ...content, records: { 'openai/k1': other } }));
      },
      problem: 'unreadable',
      says: 'was not written by Switchyard',
    },
  ];

  it.each(cases)('$name', async ({ spoil, problem, says }) => {
    const { file, store } = await written();
    spoil(file);
    await expect(store.get('openai/k1')).rejects.toMatchObject({
      problem,
      message: expect.stringContaining(says),
    });
  });

  it.each(cases.filter((one) => !one.says.includes('not written')))(
    '$name: a write is refused and the bytes stay',
    async ({ spoil, says }) => {
      const { file, store } = await written();
      spoil(file);
      const before = readFileSync(file);
      await expect(store.set('openai/k9', 'x')).rejects.toThrow(says);
      expect(readFileSync(file).equals(before)).toBe(true);
    },
  );

  it('says so when the master key is another one, and opens again with the right one', async () => {
    const { file, store } = await written();
    const stranger = createSealedSecrets({ file, master: { kind: 'raw', key: randomBytes(32) } });
    await expect(stranger.get('openai/k1')).rejects.toMatchObject({
      problem: 'locked',
      message: expect.stringContaining('The master key does not open'),
    });
    await expect(stranger.set('openai/k1', 'x')).rejects.toMatchObject({ problem: 'locked' });
    expect(await store.get('openai/k1')).toBe('canary-secret-one');
  });

  it('is not made anew while the version before is there', async () => {
    const { file, store } = await written();
    rmSync(file);
    await expect(store.set('openai/k1', 'x')).rejects.toThrow('is missing');
  });

  it('survives a crash between the file and its number', async () => {
    const { file, store } = await written();
    writeFileSync(`${file}.generation`, '2\n');
    expect(await store.get('openai/k3')).toBe('canary-secret-three');
  });

  it('cannot be written to a folder that is not there', async () => {
    const store = createSealedSecrets({ file: join(newFile(), 'missing', 'secrets.enc'), master });
    await expect(store.set('openai/k1', 'x')).rejects.toMatchObject({ problem: 'unavailable' });
  });
});
