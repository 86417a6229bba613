/** Keys added while no store can keep them: used until the process ends, never written anywhere. */
import type { KeyConfig } from '../../contract/config/provider.ts';

export interface MemoryKeys {
  /** By provider id. */
  all(): ReadonlyMap<string, readonly KeyConfig[]>;
  find(provider: string, id: string): KeyConfig | undefined;
  put(provider: string, key: KeyConfig): void;
  /** @returns false when there was no such key */
  remove(provider: string, id: string): boolean;
  removeProvider(provider: string): void;
}

export function createMemoryKeys(): MemoryKeys {
  const keys = new Map<string, readonly KeyConfig[]>();
  const of = (provider: string): readonly KeyConfig[] => keys.get(provider) ?? [];
  return {
    all: () => keys,
    find: (provider, id) => of(provider).find((key) => key.id === id),
    put(provider, key) {
      const others = of(provider);
      const known = others.some(({ id }) => id === key.id);
      keys.set(
        provider,
        known ? others.map((other) => (other.id === key.id ? key : other)) : [...others, key],
      );
    },
    remove(provider, id) {
      const left = of(provider).filter((key) => key.id !== id);
      const found = left.length < of(provider).length;
      keys.set(provider, left);
      return found;
    },
    removeProvider: (provider) => void keys.delete(provider),
  };
}
