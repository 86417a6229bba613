/** The master key of the sealed file, as an operator writes it: 32 random bytes in base64 or hex, or a passphrase. */
import { scrypt } from 'node:crypto';

/** Bytes of an AES-256 key. */
const KEY_BYTES = 32;
const SHORTEST_PASSPHRASE = 12;

/** scrypt costs 128 MiB and about half a second once per process; OWASP's figures for passwords. */
export const SCRYPT_COST = { N: 131_072, r: 8, p: 1 };

/** Either the key itself, or a passphrase it is derived from with the salt of the file. */
export type MasterKey =
  | { readonly kind: 'raw'; readonly key: Buffer }
  | { readonly kind: 'passphrase'; readonly passphrase: string };

/**
 * Reads a master key from a variable or file. White space around it is ignored.
 * @param origin what it was read from, e.g. `SWITCHYARD_MASTER_KEY`, for the message; the text is never part of it
 * @throws Error with a sentence for the operator when it is empty or too short to protect anything
 */
export function parseMasterKey(text: string, origin: string): MasterKey {
  const trimmed = text.trim();
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return { kind: 'raw', key: Buffer.from(trimmed, 'hex') };
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)) {
    return { kind: 'raw', key: Buffer.from(trimmed, 'base64') };
  }
  if (trimmed.length < SHORTEST_PASSPHRASE) {
    throw new Error(
      `${origin} is ${trimmed === '' ? 'empty' : 'too short'}. Give 32 random bytes in base64 or hex (openssl rand -base64 32), or a passphrase of at least ${SHORTEST_PASSPHRASE} characters.`,
    );
  }
  return { kind: 'passphrase', passphrase: trimmed };
}

/**
 * The AES key of a master key.
 * @param salt stored with the file; only a passphrase uses it
 */
export function deriveKey(master: MasterKey, salt: Buffer): Promise<Buffer> {
  if (master.kind === 'raw') return Promise.resolve(master.key);
  return new Promise((resolve, reject) => {
    const options = { ...SCRYPT_COST, maxmem: 256 * 1024 * 1024 };
    // The same letters typed on another keyboard may come as other code points.
    scrypt(master.passphrase.normalize('NFC'), salt, KEY_BYTES, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
