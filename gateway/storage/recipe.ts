/**
 * How a body is put together from its parts, as a few bytes. Between parts stands the envelope, what one request has
 * for itself; all of it is one part as well, so that clients that always send the same settings store it once.
 *
 * Form: version, id of the envelope (0: there is none), the separator (length and bytes) and then steps. A step is a
 * number: even = twice the count of envelope bytes that come next; odd = a part, told by how far its id is from the
 * one before (zigzag). Between two parts without envelope bytes stands the separator. Numbers as in numbers.ts.
 */

import { numbersOf, putNumber } from './numbers.ts';

const VERSION = 1;

export interface Recipe {
  /** Id of the part that holds the envelope; 0 without one. */
  readonly envelope: number;
  readonly separator: Uint8Array;
  /** Ids of parts, and counts of envelope bytes as `{ skip }`. */
  readonly steps: readonly RecipeStep[];
}

export type RecipeStep =
  { readonly kind: 'envelope'; readonly length: number } | { readonly kind: 'part'; readonly id: number };

export function encodeRecipe({ envelope, separator, steps }: Recipe): Buffer {
  const bytes: number[] = [VERSION];
  putNumber(bytes, envelope);
  putNumber(bytes, separator.length);
  bytes.push(...separator);
  let last = envelope;
  for (const step of steps) {
    if (step.kind === 'envelope') {
      putNumber(bytes, step.length * 2);
      continue;
    }
    const far = step.id - last;
    putNumber(bytes, (far < 0 ? -far * 2 - 1 : far * 2) * 2 + 1);
    last = step.id;
  }
  return Buffer.from(bytes);
}

/** @throws RangeError when the bytes are damaged */
export function decodeRecipe(bytes: Uint8Array): Recipe {
  const read = numbersOf(bytes);
  if (read.next() !== VERSION)
    throw new RangeError('a body of the request log was written by a later version');
  const envelope = read.next();
  const separator = read.bytes(read.next());
  const steps: RecipeStep[] = [];
  let last = envelope;
  while (!read.done()) {
    const step = read.next();
    if (step % 2 === 0) {
      steps.push({ kind: 'envelope', length: step / 2 });
      continue;
    }
    const far = Math.floor(step / 2);
    last += far % 2 === 0 ? far / 2 : -(far + 1) / 2;
    steps.push({ kind: 'part', id: last });
  }
  return { envelope, separator, steps };
}

/** Ids of all parts a recipe needs, each once. */
export function partsOf({ envelope, steps }: Recipe): ReadonlySet<number> {
  const ids = new Set(envelope === 0 ? [] : [envelope]);
  for (const step of steps) if (step.kind === 'part') ids.add(step.id);
  return ids;
}

/** The body. @param content bytes of a part, by its id */
export function assemble(recipe: Recipe, content: (id: number) => Uint8Array): Buffer {
  const pieces: Uint8Array[] = [];
  const envelope = recipe.envelope === 0 ? new Uint8Array() : content(recipe.envelope);
  let at = 0;
  let before: RecipeStep['kind'] = 'envelope';
  for (const step of recipe.steps) {
    if (step.kind === 'envelope') {
      pieces.push(envelope.subarray(at, (at += step.length)));
    } else {
      if (before === 'part') pieces.push(recipe.separator);
      pieces.push(content(step.id));
    }
    before = step.kind;
  }
  return Buffer.concat(pieces);
}
