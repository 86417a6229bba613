import { describe, expect, it } from 'vitest';
import { sniffMediaType } from './media-type.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('what bytes are', () => {
  it.each([
    ['\xff\xd8\xff\xe0\0\x10JFIF', 'image/jpeg'],
    ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'image/png'],
    ['GIF87a', 'image/gif'],
    ['GIF89a\x01\0', 'image/gif'],
    ['RIFF\x24\0\0\0WEBPVP8 ', 'image/webp'],
    ['RIFF\x24\0\0\0WAVEfmt ', 'audio/wav'],
    ['ID3\x03', 'audio/mpeg'],
    ['\0\0\0\x18ftypheic\0\0', 'image/heic'],
    ['%PDF-1.7', 'application/pdf'],
    [`${'\n'.repeat(900)}%PDF-1.4`, 'application/pdf'],
    ['RIFF\x24\0\0\0AVI LIST', undefined],
    ['<svg xmlns="http://www.w3.org/2000/svg">', undefined],
    ['<!doctype html>', undefined],
    ['\x89PN', undefined],
    ['GIF', undefined],
    ['', undefined],
  ])('%j', (text, type) => {
    expect(sniffMediaType(bytes(text))).toBe(type);
  });

  it('of a view is judged by the view', () => {
    const whole = bytes('xxxxGIF89a');
    expect(sniffMediaType(whole.subarray(4))).toBe('image/gif');
    expect(sniffMediaType(whole.subarray(0, 4))).toBeUndefined();
  });
});
