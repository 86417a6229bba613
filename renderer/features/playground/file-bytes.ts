/** Bytes as base64 and back. */

/** The browser does it beside the page: ten megabytes would hold it up. */
export function base64OfFile(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      const { result: address } = reader;
      const base64 = typeof address === 'string' ? address.slice(address.indexOf(',') + 1) : '';
      // Whoever sends it on does that in another task, so that a key pressed meanwhile comes in between.
      setTimeout(() => resolve(base64));
    });
    reader.addEventListener('error', () => reject(reader.error ?? new Error('The file cannot be read.')));
    reader.readAsDataURL(file);
  });
}

/** @throws where it is no base64 */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const characters = atob(base64);
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < characters.length; at++) bytes[at] = characters.charCodeAt(at);
  return bytes;
}
