/** Hands a file that was made here to the browser, which asks where it goes or puts it with the downloads. */

export function saveFile(pieces: readonly string[], name: string, mediaType: string): void {
  const address = URL.createObjectURL(new Blob([...pieces], { type: mediaType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download holds on to the file by itself.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
