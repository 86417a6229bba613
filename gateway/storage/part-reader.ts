/** Bytes of parts, and bodies put together from them. */
import { zstdDecompressSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { assemble, decodeRecipe } from './recipe.ts';

export interface PartReader {
  /** @throws Error when it is not there; what zlib throws when its block is damaged */
  part(id: number): Uint8Array;
  /** @throws as `part` */
  body(recipe: Uint8Array): Buffer;
}

/** Blocks kept uncompressed: parts of one block are mostly asked for one after the other. */
const KEPT_BLOCKS = 8;

interface StoredPart {
  readonly block: number;
  readonly offset: number;
  readonly length: number;
}

export interface StoredBlock {
  readonly encoding: 'plain' | 'zstd';
  readonly data: Uint8Array;
}

/** For one question: what it keeps is void after the next change of the database. */
export function createPartReader(database: Database): () => PartReader {
  const findPart = database.prepare<[number], StoredPart>(
    'SELECT block, offset, length FROM parts WHERE id = ?',
  );
  const findBlock = database.prepare<[number], StoredBlock>('SELECT encoding, data FROM blocks WHERE id = ?');
  return () => {
    const blocks = new Map<number, Uint8Array>();

    function blockOf(id: number): Uint8Array {
      const kept = blocks.get(id);
      if (kept !== undefined) return kept;
      const stored = findBlock.get(id);
      if (stored === undefined) throw new Error('A part of the request log is missing.');
      const plain = uncompressed(stored);
      const [oldest] = blocks.keys();
      if (blocks.size >= KEPT_BLOCKS && oldest !== undefined) blocks.delete(oldest);
      blocks.set(id, plain);
      return plain;
    }

    const reader: PartReader = {
      part(id) {
        const stored = findPart.get(id);
        if (stored === undefined) throw new Error('A part of the request log is missing.');
        return blockOf(stored.block).subarray(stored.offset, stored.offset + stored.length);
      },
      body: (recipe) => assemble(decodeRecipe(recipe), (id) => reader.part(id)),
    };
    return reader;
  };
}

export const uncompressed = ({ encoding, data }: StoredBlock): Uint8Array =>
  encoding === 'zstd' ? zstdDecompressSync(data) : data;
