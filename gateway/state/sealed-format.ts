/**
 * Text form of the sealed file. A checksum over the records tells damage from a wrong key, a sealed
 * constant tells a wrong key from a forged record, and a rising number tells an older copy from the current one.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';

/** One value under AES-256-GCM; all fields base64. */
const sealedSchema = z.strictObject({ iv: z.string(), data: z.string(), tag: z.string() });
export type Sealed = z.output<typeof sealedSchema>;

const contentSchema = z.strictObject({
  format: z.literal('switchyard-secrets-1'),
  /** Rises by one with every write. */
  generation: z.int(),
  /** Salt of the passphrase, base64; unused by a raw key. */
  salt: z.string(),
  /** A known text under the master key. */
  check: sealedSchema,
  records: z.record(z.string(), sealedSchema),
});
export type SealedContent = z.output<typeof contentSchema>;

const fileSchema = z.strictObject({ checksum: z.string(), content: contentSchema });

const checksumOf = (content: SealedContent): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('base64');

/** The whole text of the file. */
export function writeSealed(content: SealedContent): string {
  return `${JSON.stringify({ checksum: checksumOf(content), content }, undefined, 1)}\n`;
}

/** Forms of later versions have a higher number. */
const anyForm = z.object({
  content: z.object({ format: z.string().check(z.regex(/^switchyard-secrets-(?!1$)\d+$/)) }),
});

/**
 * Reads the text of the file, without any key.
 * @returns `torn` when it is not whole, `damaged` when something in it changed since it was written, `newer` when a
 * later version wrote it
 */
export function readSealed(text: string): SealedContent | 'torn' | 'damaged' | 'newer' {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'torn';
  }
  const file = fileSchema.safeParse(json);
  if (!file.success) return anyForm.safeParse(json).success ? 'newer' : 'damaged';
  return checksumOf(file.data.content) === file.data.checksum ? file.data.content : 'damaged';
}

/** Seals one value; its name is authenticated with it, so records cannot be swapped. */
export function seal(key: Buffer, name: string, value: string): Sealed {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(name, 'utf8'));
  const data = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  const base64 = (bytes: Buffer): string => bytes.toString('base64');
  return { iv: base64(iv), data: base64(data), tag: base64(cipher.getAuthTag()) };
}

/** The value of a record; undefined when key, name or bytes do not fit together. */
export function unseal(key: Buffer, name: string, sealed: Sealed): string | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.iv, 'base64'), {
      authTagLength: 16,
    });
    decipher.setAAD(Buffer.from(name, 'utf8'));
    decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(sealed.data, 'base64')), decipher.final()]).toString(
      'utf8',
    );
  } catch {
    return undefined;
  }
}
