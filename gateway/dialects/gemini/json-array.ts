/** One JSON array, written element by element as Google writes it. */

export interface JsonArray {
  element(json: string): string;
  /** Closes it, once. */
  close(): string;
}

export function openArray(): JsonArray {
  let state: 'unopened' | 'open' | 'closed' = 'unopened';
  return {
    element(json) {
      const before = state === 'unopened' ? '[' : ',\r\n';
      state = 'open';
      return before + json;
    },
    close() {
      const end = state === 'unopened' ? '[]' : state === 'open' ? ']' : '';
      state = 'closed';
      return end;
    },
  };
}
