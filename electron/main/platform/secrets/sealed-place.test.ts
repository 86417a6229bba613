import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createSealedSecrets, parseMasterKey } from '../../../../gateway/index.ts';
import { openSealedPlace } from './sealed-place.ts';

/** Derivation is slow on purpose, and several tests may run at once. */
const PATIENCE = { timeout: 60_000 };
const PASSPHRASE = 'correct horse battery';
const folders: string[] = [];
function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-place-'));
  folders.push(folder);
  return join(folder, 'secrets.enc');
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

it('is made with the consent, so that the next start knows its passphrase', PATIENCE, async () => {
  const file = newFile();
  await openSealedPlace(file, PASSPHRASE);
  await expect(openSealedPlace(file, 'another passphrase')).rejects.toMatchObject({
    code: 'invalid_input',
    field: 'passphrase',
    message: `This passphrase does not open ${file}.`,
  });
  const again = await openSealedPlace(file, PASSPHRASE);
  await again.set('openai/k1', 'sk-sealed-canary');
  expect(readFileSync(file, 'utf8')).not.toContain('canary');
});

it('is the file that a server opens with the same words as its master key', PATIENCE, async () => {
  const file = newFile();
  await (await openSealedPlace(file, PASSPHRASE)).set('openai/k1', 'sk-1');
  const server = createSealedSecrets({ file, master: parseMasterKey(PASSPHRASE, 'SWITCHYARD_MASTER_KEY') });
  expect(await server.get('openai/k1')).toBe('sk-1');
});

it('that is damaged is reported and left as it is', PATIENCE, async () => {
  const file = newFile();
  await openSealedPlace(file, PASSPHRASE);
  const torn = readFileSync(file, 'utf8').slice(0, 100);
  writeFileSync(file, torn);
  await expect(openSealedPlace(file, PASSPHRASE)).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('is torn'),
  });
  expect(readFileSync(file, 'utf8')).toBe(torn);
});

it('needs a passphrase worth the name', async () => {
  await expect(openSealedPlace(newFile(), 'short')).rejects.toMatchObject({
    code: 'invalid_input',
    field: 'passphrase',
  });
});
