import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { deriveKey, parseMasterKey } from './master-key.ts';

/** Derivation is slow on purpose, and several tests may run at once. */
const PATIENCE = { timeout: 60_000 };
const bytes = randomBytes(32);

it.each([
  ['base64', bytes.toString('base64')],
  ['base64 without padding', bytes.toString('base64').replace('=', '')],
  ['base64url', bytes.toString('base64url')],
  ['hex', bytes.toString('hex')],
  ['hex in capitals, with a line end', `${bytes.toString('hex').toUpperCase()}\n`],
])('reads 32 bytes in %s as the key itself', async (_case, text) => {
  const master = parseMasterKey(text, 'SWITCHYARD_MASTER_KEY');
  expect((await deriveKey(master, Buffer.alloc(16))).equals(bytes)).toBe(true);
});

it('derives a key from a passphrase and the salt', PATIENCE, async () => {
  const master = parseMasterKey('correct horse battery staple', 'SWITCHYARD_MASTER_KEY');
  const [first, again, other] = await Promise.all([
    deriveKey(master, Buffer.alloc(16)),
    deriveKey(master, Buffer.alloc(16)),
    deriveKey(master, Buffer.alloc(16, 1)),
  ]);
  expect(first.byteLength).toBe(32);
  expect(again.equals(first)).toBe(true);
  expect(other.equals(first)).toBe(false);
});

it.each([
  ['', 'is empty'],
  ['  \n', 'is empty'],
  ['hunter2', 'is too short'],
])('refuses %j and names where it stood, not the key', (text, sentence) => {
  expect(() => parseMasterKey(text, 'SWITCHYARD_MASTER_KEY_FILE')).toThrow(
    `SWITCHYARD_MASTER_KEY_FILE ${sentence}`,
  );
  if (text.trim() !== '') {
    expect(() => parseMasterKey(text, 'X')).not.toThrow(text);
  }
});

it(
  'takes the same letters for the same passphrase, however the keyboard composed them',
  PATIENCE,
  async () => {
    const composed = parseMasterKey('caf\u00e9 caf\u00e9 caf\u00e9', 'X');
    const decomposed = parseMasterKey('cafe\u0301 cafe\u0301 cafe\u0301', 'X');
    const [one, other] = await Promise.all([
      deriveKey(composed, Buffer.alloc(16)),
      deriveKey(decomposed, Buffer.alloc(16)),
    ]);
    expect(one.equals(other)).toBe(true);
  },
);
