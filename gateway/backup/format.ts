/**
 * The form of a back-up: one file that is written and read in one go, a piece at a time, however large it is.
 *
 * ```text
 * "SWITCHYARD BACKUP 1\n"                    the number rises when older versions could not read it
 * frame head     JSON, never sealed: what and when, and how the passphrase is made a key
 * frame part     JSON: name of the file that begins
 * frame data     up to 1 MiB of it, each compressed by zstd for itself
 * …
 * frame end      JSON: every part with its bytes and SHA-256
 * SHA-256 of everything before, 32 bytes
 * ```
 *
 * A frame is its kind (1 byte), its length (4 bytes, big endian) and its bytes. Under a passphrase the bytes of
 * every frame but the head are sealed with AES-256-GCM. The key is of this file alone (scrypt, a salt of its own),
 * so the number of the frame can be its nonce; kind and head are authenticated with it.
 */
import * as z from 'zod/mini';

export const MAGIC = 'SWITCHYARD BACKUP ';
/** Rises when older versions could not read what this one writes. */
export const FORMAT = 1;
export const PREAMBLE = Buffer.from(`${MAGIC}${FORMAT}\n`);
/** Bytes of a file that are compressed together. */
export const PIECE = 1024 * 1024;
/** Longest frame that is read: a piece that does not compress, with room to spare. */
export const LONGEST_FRAME = 2 * PIECE;
/** Bytes before the content of a frame: kind and length. */
export const FRAME_HEAD = 5;
/** Bytes of the checksum at the end. */
export const CHECKSUM = 32;
/** Bytes of the tag that stands behind sealed content. */
export const TAG = 16;

export const FRAME = { head: 1, part: 2, data: 3, end: 4 } as const;

const sealedSchema = z.strictObject({ iv: z.string(), data: z.string(), tag: z.string() });

/** Unknown members are left out, not refused: later versions may tell more. */
export const headSchema = z.object({
  /** Version of the app that wrote it. */
  app: z.string(),
  /** Unix ms. */
  created: z.number(),
  /** Schema of the request log it holds; null where it holds none. */
  logSchema: z.nullable(z.int()),
  /** Secrets are in it. */
  secrets: z.boolean(),
  /** Salt of the passphrase (base64) and a known text under its key; null: nothing is sealed. */
  seal: z.nullable(z.strictObject({ salt: z.string(), check: sealedSchema })),
});
export type BackupHead = z.output<typeof headSchema>;

export const partSchema = z.object({ name: z.string() });
export const manifestSchema = z.object({
  parts: z.array(z.object({ name: z.string(), bytes: z.int(), sha256: z.string() })),
});
/** Every part of a back-up, in order. */
export type Manifest = z.output<typeof manifestSchema>;

/** Name and text of what proves the passphrase. */
export const PROOF = 'switchyard-backup';

export function nonceOf(frame: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(frame, 6, 6);
  return nonce;
}
