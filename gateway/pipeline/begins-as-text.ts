/** Whether data in base64 begins as text does: nothing near it need say what it is. Pure. */

/** Characters of base64 that are looked at: formats of pictures, sound and packed files have bytes there that no text has. */
const LOOKED_AT = 64;
/** All but tabs and ends of lines. */
// oxlint-disable-next-line no-control-regex -- they are what tells bytes from text
const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/;

/** @param base64 may be a PDF, which begins as text too and goes on otherwise: then false */
export function beginsAsText(base64: Buffer): boolean {
  const head = Buffer.from(base64.toString('latin1', 0, LOOKED_AT), 'base64');
  if (head.toString('latin1', 0, 5) === '%PDF-') return false;
  try {
    // A character that is cut off at the end is none to complain about.
    return !CONTROL.test(new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true }));
  } catch {
    return false;
  }
}
