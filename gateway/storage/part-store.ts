/** Puts bodies into the database: parts that are there already are only counted, new ones share a block. */
import { zstdCompressSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import type { EncodedBodies } from './encode-bodies.ts';
import { PART_KINDS, type NewPart } from './parts.ts';
import { encodeRecipe, type RecipeStep } from './recipe.ts';
import type { SplitBody } from './split-body.ts';

export interface PartStore {
  /** Within the caller's transaction. Bodies of a request that has some are left as they are. */
  put(sequence: number, bodies: EncodedBodies): void;
}

/** From this many bytes on a part has a block of its own: reading a short one then costs little. */
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
  const insertBlock = database.prepare('INSERT INTO blocks (id, parts, encoding, data) VALUES (?, ?, ?, ?)');
  const insertUse = database.prepare('INSERT OR IGNORE INTO uses (part, sequence) VALUES (?, ?)');
  const insertContents = database.prepare(INSERT_CONTENTS);
  let lastId = database.prepare<[], number>(LAST_ID).pluck().get() ?? 0;

  /** Ids of all parts, new ones stored. */
  function idsOf(parts: readonly NewPart[]): ReadonlyMap<NewPart, number> {
    const ids = new Map<NewPart, number>();
    const here = new Map<string, NewPart>();
    const fresh: NewPart[] = [];
    for (const part of parts) {
      const known = part.hash === null ? undefined : find.get(part.hash);
      if (known !== undefined) ids.set(part, known);
      else if (!isSecond(part, here)) fresh.push(part);
    }
    const small = fresh.filter(isSmall);
    for (const block of [small, ...fresh.filter((part) => !isSmall(part)).map((part) => [part])]) {
      putBlock(block, ids);
    }
    // What stands twice in one request.
    for (const part of parts) {
      const first = part.hash === null ? undefined : here.get(keyOf(part.hash));
      const id = first === undefined ? undefined : ids.get(first);
      if (id !== undefined) ids.set(part, id);
    }
    return ids;
  }

  function putBlock(parts: readonly NewPart[], ids: Map<NewPart, number>): void {
    if (parts.length === 0) return;
    const block = lastId + 1;
    const plain = Buffer.concat(parts.map(({ bytes }) => bytes));
    insertBlock.run(block, parts.length, ...compressed(plain));
    let offset = 0;
    for (const part of parts) {
      lastId += 1;
      insertPart.run(lastId, block, PART_KINDS[part.kind], offset, part.bytes.length, part.hash);
      ids.set(part, lastId);
      offset += part.bytes.length;
    }
  }

  return {
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
const keyOf = (hash: Uint8Array): string => Buffer.from(hash).toString('latin1');

/** Whether the same stands in the request already; remembers it where not. */
function isSecond(part: NewPart, here: Map<string, NewPart>): boolean {
  if (part.hash === null) return false;
  const key = keyOf(part.hash);
  if (here.has(key)) return true;
  here.set(key, part);
  return false;
}

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
