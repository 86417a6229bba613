/** The token that lets the owner of the data folder in while no admin password is set. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../../gateway/index.ts';

/** 256 random bits in base64url. */
const TOKEN_FORM = /^[A-Za-z0-9_-]{43}$/;

export interface AdminToken {
  /** File a person can read the token from. */
  readonly location: string;
  /** The token of the file; made and written (mode 0600) when the file is missing or holds none. */
  read(): Promise<string>;
  /** Compares in constant time with the token as last read; reads it first when nobody did. */
  matches(candidate: string): Promise<boolean>;
  /** Stands for the token as last read: another token has another one. Empty while nobody read it. */
  digest(): string;
}

/** Of the token itself only a hash stays in memory; the file is where it is kept. */
export function createAdminToken(dataFolder: string): AdminToken {
  const location = join(dataFolder, 'admin-token');
  let known: Promise<Buffer> | undefined;
  let digest = '';

  const read = async (): Promise<string> => {
    const text = (await readIfThere(location))?.trim();
    if (text !== undefined && TOKEN_FORM.test(text)) {
      await chmod(location, 0o600);
      return text;
    }
    const token = randomBytes(32).toString('base64url');
    await replaceFile(location, `${token}\n`);
    return token;
  };

  const remember = (token: string): string => {
    const hash = hashOf(token);
    known = Promise.resolve(hash);
    digest = hash.toString('base64url');
    return token;
  };

  return {
    location,
    async read() {
      return remember(await read());
    },
    async matches(candidate) {
      known ??= read().then((token) => hashOf(remember(token)));
      return timingSafeEqual(hashOf(candidate), await known);
    },
    digest: () => digest,
  };
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
