/** Compares passwords slowly on purpose, and never more than two at once: each comparison takes 128 MiB. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** OWASP's figures for scrypt: 128 MiB and about half a second. */
const COST = { N: 131_072, r: 8, p: 1 };
const HASH_BYTES = 32;
const MOST_AT_ONCE = 2;

/** Bytes a password may have; longer ones never match. */
export const LONGEST_PASSWORD = 256;

export interface PasswordCheck {
  /** True when both are equal; takes the same time when they are not. */
  matches(configured: string, candidate: string): Promise<boolean>;
}

/** @param cost scrypt's parameters; tests pass cheap ones */
export function createPasswordCheck(cost: { N: number; r: number; p: number } = COST): PasswordCheck {
  const waiting: (() => void)[] = [];
  let running = 0;
  let known: { readonly password: string; readonly salt: Buffer; readonly hash: Buffer } | undefined;

  const hash = async (password: string, salt: Buffer): Promise<Buffer> => {
    if (running >= MOST_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      return await new Promise((resolve, reject) => {
        scrypt(password, salt, HASH_BYTES, { ...cost, maxmem: 256 * 1024 * 1024 }, (error, key) => {
          if (error === null) resolve(key);
          else reject(error);
        });
      });
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };

  return {
    async matches(configured, candidate) {
      if (known?.password !== configured) {
        const salt = randomBytes(16);
        known = { password: configured, salt, hash: await hash(configured, salt) };
      }
      const { salt, hash: expected } = known;
      const fits = Buffer.byteLength(candidate) <= LONGEST_PASSWORD;
      const actual = await hash(fits ? candidate : '', salt);
      return fits && timingSafeEqual(actual, expected);
    },
  };
}
