/** The works that Switchyard is made of, as the build wrote them down beside the page. */

export interface Licence {
  readonly name: string;
  readonly version: string;
  /** As its package names it, `MIT`. */
  readonly licence: string;
  /** Its notices in full. */
  readonly text: string;
}

const ADDRESS = './licences.json';

const isLicence = (value: unknown): value is Licence =>
  typeof value === 'object' &&
  value !== null &&
  ['name', 'version', 'licence', 'text'].every((name) => typeof Reflect.get(value, name) === 'string');

/** @throws Error where the pages were not built, or cannot be reached */
export async function readLicences(
  fetchFile: (path: string) => Promise<Response>,
): Promise<readonly Licence[]> {
  const answer = await fetchFile(ADDRESS);
  const read: unknown = answer.ok ? await answer.json() : undefined;
  if (!Array.isArray(read)) throw new Error(`${ADDRESS}: ${answer.status}`);
  return read.filter(isLicence);
}

/** @returns those that hold every word in name, version or licence */
export function searchLicences(all: readonly Licence[], query: string): readonly Licence[] {
  const wanted = query.toLowerCase().split(/\s+/);
  return all.filter((one) => {
    const text = `${one.name} ${one.version} ${one.licence}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
