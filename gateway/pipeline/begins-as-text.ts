/** Whether data in base64 begins as text does: nothing near it need say what it is. Pure. */

/** Characters of base64 that are looked at: formats of pictures, sound and packed files have bytes there that no text has. */
const LOOKED_AT = 64;
/** The only signs of control in texts: tab, ends of lines and of a page. */
const IN_TEXTS: ReadonlySet<number> = new Set(Buffer.from('\t\n\f\r'));
const DELETE = 0x7f;

/** What tells bytes from text; UTF-8 has these for nothing else. */
const isControl = (byte: number): boolean => (byte < 0x20 && !IN_TEXTS.has(byte)) || byte === DELETE;

/** @param base64 may be a PDF, which begins as text too and goes on otherwise: then false */
export function beginsAsText(base64: Buffer): boolean {
  const head = Buffer.from(base64.toString('latin1', 0, LOOKED_AT), 'base64');
  if (head.toString('latin1', 0, 5) === '%PDF-') return false;
  if (head.some(isControl)) return false;
  try {
    // A character that is cut off at the end is none to complain about.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}
