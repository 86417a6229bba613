/** Which call of an answer a piece belongs to. Upstreams number calls from 0, from 1, all as 0, or not at all. */
import type { CallPlace } from './playground-deltas.ts';

export interface CallPlaces {
  /** The same piece, numbered from 0 in the order in which calls began. */
  place(piece: CallPlace): CallPlace;
}

export function createCallPlaces(): CallPlaces {
  const latest = new Map<number, { readonly index: number; readonly id: string }>();
  let begun = 0;
  return {
    place({ index, id, name }) {
      const known = latest.get(index);
      // Another id under the same number is another call.
      if (known !== undefined && (id === '' || known.id === '' || id === known.id)) {
        const named = { index: known.index, id: known.id || id };
        latest.set(index, named);
        return { index: known.index, id: known.id === '' ? id : '', name };
      }
      const first = { index: begun, id };
      begun += 1;
      latest.set(index, first);
      return { ...first, name };
    },
  };
}
