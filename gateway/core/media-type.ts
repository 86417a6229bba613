/** What bytes are, by how they begin. Names and declarations are often wrong, and providers refuse those. Pure. */

/** Bytes that are looked at. */
export const SNIFFED_BYTES = 1_024;

/** @returns undefined for what is none of the kinds that models are given */
export function sniffMediaType(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, SNIFFED_BYTES)).toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'image/gif';
  if (head.startsWith('RIFF') && head.startsWith('WEBP', 8)) return 'image/webp';
  if (head.startsWith('RIFF') && head.startsWith('WAVE', 8)) return 'audio/wav';
  if (head.startsWith('ID3') || head.startsWith('\xff\xfb') || head.startsWith('\xff\xf3'))
    return 'audio/mpeg';
  if (head.startsWith('ftypheic', 4) || head.startsWith('ftypheix', 4)) return 'image/heic';
  // Readers of PDF look for its mark in the first kilobyte.
  return head.includes('%PDF-') ? 'application/pdf' : undefined;
}
