/**
 * Puts bodies into the database: parts that are there already are only counted. New ones of requests that are written
 * together share a block: to begin a frame costs zstd more time than to compress a short request.
 */
import { zstdCompressSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import type { EncodedBodies } from './encode-bodies.ts';
import { PART_KINDS, type NewPart } from './parts.ts';
import { encodeRecipe, type RecipeStep } from './recipe.ts';
import type { SplitBody } from './split-body.ts';

interface Block {
  readonly id: number;
  readonly pieces: Uint8Array[];
  /** Bytes of all pieces. */
  length: number;
}

export interface PartStore {
  /** Forgets what a transaction that failed has left unfinished; before each. */
  discard(): void;
  /** Within the caller's transaction. Bodies of a request that has some are left as they are. */
  put(sequence: number, bodies: EncodedBodies): void;
  /** Writes what is unfinished; at the end of each transaction. */
  flush(): void;
}

/** A block with this many bytes takes no more parts, and a part with as many has one of its own: reading stays quick. */
const LARGE = 32_768;
/** Below this many bytes a frame costs more time than it saves space. */
const PLAIN_BYTES = 200;

const INSERT_CONTENTS = `INSERT INTO contents (sequence, request_state, request_bytes, request_recipe,
  response_state, response_bytes, response_recipe, answer, event_times) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Highest id that was ever given to a part that the index knows of, or that is there. */
const LAST_ID = `SELECT max(coalesce((SELECT max(id) FROM parts), 0),
  coalesce((SELECT value FROM log_state WHERE name = 'indexed_part'), 0))`;

export function createPartStore(database: Database): PartStore {
  const has = database.prepare<[number], number>('SELECT 1 FROM contents WHERE sequence = ?').pluck();
  const find = database.prepare<[Uint8Array], number>('SELECT id FROM parts WHERE hash = ?').pluck();
  const insertPart = database.prepare(
    'INSERT INTO parts (id, block, kind, offset, length, hash) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const insertBlock = database.prepare('INSERT INTO blocks (id, span, encoding, data) VALUES (?, ?, ?, ?)');
  const insertUse = database.prepare('INSERT OR IGNORE INTO uses (part, sequence) VALUES (?, ?)');
  const insertContents = database.prepare(INSERT_CONTENTS);
  let lastId = database.prepare<[], number>(LAST_ID).pluck().get() ?? 0;

  /** The block that takes short parts; its id is that of its first part. */
  let open: Block | undefined;

  /** Ids of all parts, new ones stored. */
  function idsOf(parts: readonly NewPart[]): ReadonlyMap<NewPart, number> {
    return new Map(parts.map((part) => [part, idOf(part)]));
  }

  function idOf(part: NewPart): number {
    const known = part.hash === null ? undefined : find.get(part.hash);
    if (known !== undefined) return known;
    lastId += 1;
    if (isSmall(part)) {
      open ??= { id: lastId, pieces: [], length: 0 };
      add(part, open);
      if (open.length >= LARGE) finish();
    } else {
      insertBlock.run(lastId, 1, ...compressed(part.bytes));
      add(part, { id: lastId, pieces: [], length: 0 });
    }
    return lastId;
  }

  function add({ kind, bytes, hash }: NewPart, block: Block): void {
    insertPart.run(lastId, block.id, PART_KINDS[kind], block.length, bytes.length, hash);
    block.pieces.push(bytes);
    block.length += bytes.length;
  }

  function finish(): void {
    if (open === undefined) return;
    insertBlock.run(open.id, lastId - open.id + 1, ...compressed(Buffer.concat(open.pieces)));
    open = undefined;
  }

  return {
    discard() {
      open = undefined;
    },
    flush: finish,
    put(sequence, { request, response, answer, eventTimes }) {
      if (has.get(sequence) !== undefined) return;
      const parts = [
        ...partsIn(request.split),
        ...partsIn(response.split),
        ...(answer === null ? [] : [answer]),
      ];
      const ids = idsOf(parts);
      for (const part of parts) {
        // Raw events belong to their request alone and are not searched: their recipe is enough.
        if (part.kind !== 'events') insertUse.run(ids.get(part), sequence);
      }
      insertContents.run(
        sequence,
        request.state,
        request.bytes,
        recipeOf(request.split, ids),
        response.state,
        response.bytes,
        recipeOf(response.split, ids),
        answer === null ? null : ids.get(answer),
        eventTimes,
      );
    },
  };
}

/** @returns values of the columns `encoding` and `data` */
export function compressed(plain: Uint8Array): readonly ['plain' | 'zstd', Uint8Array] {
  return plain.length < PLAIN_BYTES ? ['plain', plain] : ['zstd', zstdCompressSync(plain)];
}

const isSmall = ({ bytes, kind }: NewPart): boolean => bytes.length < LARGE && kind !== 'events';
function partsIn(split: SplitBody | null): readonly NewPart[] {
  if (split === null) return [];
  return split.envelope === null ? split.parts : [...split.parts, split.envelope];
}

function recipeOf(split: SplitBody | null, ids: ReadonlyMap<NewPart, number>): Buffer | null {
  if (split === null) return null;
  const { parts, envelope, separator, order } = split;
  const idOf = (part: NewPart | null | undefined): number =>
    part === null || part === undefined ? 0 : (ids.get(part) ?? 0);
  const steps = order.map((place): RecipeStep =>
    place < 0 ? { kind: 'envelope', length: -place } : { kind: 'part', id: idOf(parts[place]) },
  );
  return encodeRecipe({ envelope: idOf(envelope), separator, steps });
}
