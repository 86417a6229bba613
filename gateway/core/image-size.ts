/** Width and height of an image, read from its first bytes. Pure. */

export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Bytes that are enough for all but JPEGs with very long descriptions in front. */
export const IMAGE_HEAD_BYTES = 65_536;

/** @returns undefined for what is no PNG, GIF, JPEG or WebP, or ends before it says */
export function imageSize(head: Buffer): ImageSize | undefined {
  try {
    const read = png(head) ?? gif(head) ?? webp(head) ?? jpeg(head);
    return read !== undefined && read.width > 0 && read.height > 0 ? read : undefined;
  } catch {
    // Cut short in the middle of a number.
    return undefined;
  }
}

const says = (head: Buffer, text: string, at = 0): boolean =>
  head.toString('latin1', at, at + text.length) === text;

/** Source: PNG specification, IHDR is always the first chunk. */
function png(head: Buffer): ImageSize | undefined {
  if (!says(head, '\x89PNG')) return undefined;
  return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
}

/** Source: GIF89a specification, logical screen descriptor. */
function gif(head: Buffer): ImageSize | undefined {
  if (!says(head, 'GIF8')) return undefined;
  return { width: head.readUInt16LE(6), height: head.readUInt16LE(8) };
}

/** Source: RFC 9649 (WebP container), and RFC 6386 for the frame of a lossy image. */
function webp(head: Buffer): ImageSize | undefined {
  if (!says(head, 'RIFF') || !says(head, 'WEBP', 8)) return undefined;
  if (says(head, 'VP8X', 12))
    return { width: 1 + head.readUIntLE(24, 3), height: 1 + head.readUIntLE(27, 3) };
  if (says(head, 'VP8L', 12)) {
    const bits = head.readUInt32LE(21);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff) };
  }
  return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff };
}

/** Source: ITU T.81: segments of a marker and a length, until a frame (SOF) says the size. */
function jpeg(head: Buffer): ImageSize | undefined {
  if (!says(head, '\xff\xd8')) return undefined;
  let at = 2;
  for (;;) {
    while (head.readUInt8(at) === 0xff) at += 1;
    const marker = head.readUInt8(at);
    // DHT, JPG and DAC stand between the markers of frames.
    const frame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (frame) return { width: head.readUInt16BE(at + 6), height: head.readUInt16BE(at + 4) };
    at += 1 + head.readUInt16BE(at + 1);
  }
}
