import { describe, expect, test } from 'vitest';
import { icns, ico } from './icon-files.ts';

const image = (pixels: number, size: number) => ({ pixels, png: Buffer.alloc(size, pixels % 251) });

describe('ico', () => {
  test('says where each image begins and how long it is', () => {
    const file = ico([image(16, 10), image(256, 20)]);
    expect(file.readUInt16LE(2)).toBe(1);
    expect(file.readUInt16LE(4)).toBe(2);
    for (const [entry, size, value] of [
      [6, 10, 16],
      [22, 20, 5],
    ] as const) {
      const offset = file.readUInt32LE(entry + 12);
      expect(file.readUInt32LE(entry + 8)).toBe(size);
      expect([...new Set(file.subarray(offset, offset + size))]).toEqual([value]);
    }
    expect(file.readUInt8(22)).toBe(0);
    expect(file.length).toBe(6 + 32 + 30);
  });
});

describe('icns', () => {
  test('holds each size under the names macOS looks for', () => {
    const file = icns([image(32, 10), image(48, 10), image(1024, 30)]);
    const blocks: [string, number][] = [];
    for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
      blocks.push([file.toString('latin1', at, at + 4), file.readUInt32BE(at + 4)]);
    }
    expect(file.toString('latin1', 0, 4)).toBe('icns');
    expect(file.readUInt32BE(4)).toBe(file.length);
    expect(blocks).toEqual([
      ['icp5', 18],
      ['ic11', 18],
      ['ic10', 38],
    ]);
  });
});
