/** Items of answers, in memory only; what was neither written nor read for longest goes first. */
import type { ItemShelf } from '../core/item-shelf.ts';
import { isObject, parseJson } from '../core/json.ts';

/** Characters of all items together. An item above an eighth of it is not kept. */
const LARGEST = 16 * 1_048_576;

export function createItemShelf(largest = LARGEST): ItemShelf {
  /** As text, so that the size is known and nobody changes what is kept. */
  const kept = new Map<string, string>();
  let size = 0;

  function remove(key: string): void {
    size -= kept.get(key)?.length ?? 0;
    kept.delete(key);
  }

  return {
    put(owner, item) {
      const text = JSON.stringify(item);
      if (text.length > largest / 8) return;
      const key = `${owner} ${item.id}`;
      remove(key);
      kept.set(key, text);
      size += text.length;
      for (const oldest of kept.keys()) {
        if (size <= largest) break;
        remove(oldest);
      }
    },
    get(owner, id) {
      const key = `${owner} ${id}`;
      const text = kept.get(key);
      if (text === undefined) return undefined;
      kept.delete(key);
      kept.set(key, text);
      const item = parseJson(text);
      return isObject(item) ? item : undefined;
    },
  };
}
