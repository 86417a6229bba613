/**
 * One entry of the signature vault as a line: a JSON array of key, time and value. In memory entries are these
 * very bytes too, which cost the heap nothing until somebody asks for them. Pure.
 */
import * as z from 'zod/mini';
import { SIGNATURE_FORMATS } from '../core/canonical/signature.ts';
import { decodeText, parseJson } from '../core/json.ts';
import type { KeptReasoning } from '../core/signature-vault.ts';

/** Characters of a key; longer ones are not kept. */
const LONGEST_KEY = 512;
/** Bytes that hold key and time, whatever they are: a character takes at most six when escaped. */
const HEAD_BYTES = 6 * LONGEST_KEY + 64;
const HEAD = /^\["(?:[^"\\]|\\.)*",\d+,/;

const originSchema = z.object({ provider: z.string(), model: z.string(), key: z.string() });
const signatureSchema = z.object({
  format: z.enum(SIGNATURE_FORMATS),
  value: z.string(),
  id: z.nullable(z.string()),
  origin: z.nullable(originSchema),
});
const keptSchema = z.object({
  reasoning: z.array(
    z.object({ kind: z.literal('reasoning'), text: z.string(), signature: z.nullable(signatureSchema) }),
  ),
  calls: z.record(z.string(), signatureSchema),
  text: z.nullable(signatureSchema),
  origin: originSchema,
});
const headSchema = z.tuple([z.string(), z.number()]);
const lineSchema = z.tuple([z.string(), z.number(), keptSchema]);

export interface LineHead {
  readonly key: string;
  /** When it was kept, Unix ms. */
  readonly at: number;
}

/** @returns the line with its end; undefined for a key that is too long */
export function writeLine({ key, at }: LineHead, kept: KeptReasoning): Buffer | undefined {
  return key.length > LONGEST_KEY ? undefined : Buffer.from(`${JSON.stringify([key, at, kept])}\n`);
}

/** Key and time without reading the value; undefined for what is no such line. */
export function readHead(line: Buffer): LineHead | undefined {
  const head = HEAD.exec(decodeText(line.subarray(0, HEAD_BYTES)))?.[0];
  const read = headSchema.safeParse(head === undefined ? head : parseJson(`${head.slice(0, -1)}]`));
  if (!read.success) return undefined;
  const [key, at] = read.data;
  return { key, at };
}

/** Undefined for a line that was cut short, or written by a version that keeps other things. */
export function readKept(line: Buffer): KeptReasoning | undefined {
  const read = lineSchema.safeParse(parseJson(decodeText(line)));
  return read.success ? read.data[2] : undefined;
}
