/** Tells when a key has become another one: the last characters of each, as they were when they were last seen. */

type KeyName = readonly [provider: string, key: string];

export interface KeyMarks {
  /** `…a1b2`; null while its secret was never known. */
  of(provider: string, key: string): string | null;
  /** What an earlier process knew of a key. */
  had(provider: string, key: string, mark: string | null): void;
  /** Keys that are others than when this was last asked, and those that were not there. */
  changed(): { readonly replaced: readonly KeyName[]; readonly added: readonly KeyName[] };
}

/**
 * @param fingerprintOf undefined while the secret is not known; that alone changes nothing
 * @param keys those of the configuration in force
 */
export function createKeyMarks(
  fingerprintOf: (provider: string, key: string) => string | undefined,
  keys: () => readonly KeyName[],
): KeyMarks {
  const marks = new Map<string, { readonly name: KeyName; readonly mark: string }>();
  const idOf = ([provider, key]: KeyName): string => `${provider}/${key}`;
  let known = new Set(keys().map(idOf));

  return {
    of: (provider, key) => marks.get(idOf([provider, key]))?.mark ?? fingerprintOf(provider, key) ?? null,
    had(provider, key, mark) {
      if (mark !== null) marks.set(idOf([provider, key]), { name: [provider, key], mark });
    },
    changed() {
      const now = keys();
      // One that was away for a while is no other for it.
      const added = now.filter((name) => !known.has(idOf(name)) && !marks.has(idOf(name)));
      known = new Set(now.map(idOf));
      const replaced: KeyName[] = [];
      for (const name of [...now, ...[...marks.values()].map((marked) => marked.name)]) {
        const mark = fingerprintOf(...name);
        const before = marks.get(idOf(name))?.mark;
        if (mark === undefined || mark === before) continue;
        marks.set(idOf(name), { name, mark });
        if (before !== undefined) replaced.push(name);
      }
      return { replaced, added };
    },
  };
}
