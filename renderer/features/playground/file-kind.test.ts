import { describe, expect, it } from 'vitest';
import { base64OfFile, bytesOf } from './file-bytes.ts';
import { kindOf } from './file-kind.ts';

const bytes = (...values: (number | string)[]): Uint8Array =>
  new Uint8Array(
    values.flatMap((value) => (typeof value === 'number' ? [value] : [...new TextEncoder().encode(value)])),
  );

describe('the kind of a file', () => {
  it.each([
    ['a PNG', bytes(0x89, 'PNG\r\n', 0x1a, '\n', 0, 0), 'text/plain', { kind: 'image', mime: 'image/png' }],
    ['a JPEG', bytes(0xff, 0xd8, 0xff, 0xe0), '', { kind: 'image', mime: 'image/jpeg' }],
    ['a GIF', bytes('GIF89a'), '', { kind: 'image', mime: 'image/gif' }],
    ['a WebP', bytes('RIFF', 1, 2, 3, 4, 'WEBPVP8 '), '', { kind: 'image', mime: 'image/webp' }],
    ['a PDF', bytes('%PDF-1.7\n'), 'image/png', { kind: 'pdf', mime: 'application/pdf' }],
    ['a table', bytes('a,b\n1,2\n'), 'text/csv', { kind: 'text', mime: 'text/csv' }],
    ['code', bytes('const a = "é 你";'), 'application/javascript', { kind: 'text', mime: 'text/plain' }],
    // Drawn as a picture it could run something.
    ['an SVG', bytes('<svg onload=x>'), 'image/svg+xml', { kind: 'text', mime: 'text/plain' }],
    ['a type that carries more', bytes('x'), 'text/html"><img>', { kind: 'text', mime: 'text/plain' }],
    ['an empty file', bytes(), 'text/plain', { kind: 'text', mime: 'text/plain' }],
    ['a program', bytes(0x7f, 'ELF', 0), 'text/plain', null],
    ['broken letters', bytes(0xc3, 0x28), 'text/plain', null],
  ])('%s', (_, content, type, expected) => {
    expect(kindOf(content, type)).toEqual(expected);
  });
});

describe('bytes as base64', () => {
  it('come back the same, however many', async () => {
    const many = Uint8Array.from({ length: 70_001 }, (_, index) => index % 256);
    const back = bytesOf(await base64OfFile(new Blob([many])));
    expect(back.length).toBe(many.length);
    expect(back.every((byte, index) => byte === many[index])).toBe(true);
    expect(await base64OfFile(new Blob(['hi']))).toBe('aGk=');
    expect(await base64OfFile(new Blob([]))).toBe('');
  });
});
