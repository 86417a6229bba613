/** Icon files of Windows and macOS: both are lists of PNG images. */

/** One image of an icon. */
export interface IconImage {
  /** Width and height. */
  readonly pixels: number;
  readonly png: Uint8Array;
}

const ICO_HEADER = 6;
const ICO_ENTRY = 16;

/** `.ico`, as Windows reads it since Vista. @param images at most 256 pixels each */
export function ico(images: readonly IconImage[]): Buffer {
  const head = Buffer.alloc(ICO_HEADER + ICO_ENTRY * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  for (const [index, { pixels, png }] of images.entries()) {
    const at = ICO_HEADER + ICO_ENTRY * index;
    // A byte: 256 is written as 0.
    head.writeUInt8(pixels % 256, at);
    head.writeUInt8(pixels % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...images.map(({ png }) => png)]);
}

/** Names of the sizes that macOS looks for; those of 64 and more serve screens of double density too. */
const ICNS_TYPES: Readonly<Record<number, readonly string[]>> = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

/** `.icns`; images of other sizes than macOS knows are left out. */
export function icns(images: readonly IconImage[]): Buffer {
  const parts = images.flatMap(({ pixels, png }) =>
    (ICNS_TYPES[pixels] ?? []).map((type) => block(type, png)),
  );
  return block('icns', Buffer.concat(parts));
}

function block(type: string, content: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(head.length + content.length, 4);
  return Buffer.concat([head, content]);
}
