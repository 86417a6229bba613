/** What a file is, told by its bytes: a name or a type that lies is not believed. Pure. */
import type { FileKind } from '../../../contract/rpc/procedures/chat-content.ts';

/** Bytes of a file, as the gateway takes them. */
export const MOST_BYTES: Readonly<Record<FileKind, number>> = {
  image: 10_000_000,
  pdf: 10_000_000,
  text: 10_000_000,
};

export interface KnownFile {
  readonly kind: FileKind;
  readonly mime: string;
}

const MAGIC: readonly (readonly [mime: string, at: number, bytes: string])[] = [
  ['image/png', 0, '\u0089PNG\r\n\u001a\n'],
  ['image/jpeg', 0, '\u00ff\u00d8\u00ff'],
  ['image/gif', 0, 'GIF8'],
  ['image/webp', 8, 'WEBP'],
  ['application/pdf', 0, '%PDF-'],
];

/**
 * @param type what the system believes it is; only its kind of text is taken over
 * @returns null for what no model can be sent
 */
export function kindOf(bytes: Uint8Array, type: string): KnownFile | null {
  const [mime] = MAGIC.find(([, at, magic]) => hasAt(bytes, at, magic)) ?? [];
  if (mime !== undefined) return { kind: mime === 'application/pdf' ? 'pdf' : 'image', mime };
  if (!isText(bytes)) return null;
  return { kind: 'text', mime: /^text\/[\w.+-]{1,60}$/.test(type) ? type : 'text/plain' };
}

function hasAt(bytes: Uint8Array, at: number, magic: string): boolean {
  return Array.from(magic).every((character, index) => bytes[at + index] === character.charCodeAt(0));
}

function isText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
