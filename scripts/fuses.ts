/** Reads the fuses of an Electron program: letters behind a mark that Electron's build leaves in it. */
import { readFile } from 'node:fs/promises';

const MARK = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** In the order of version 1, by the names that electron-builder.yml has for them. */
const NAMES = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
];

/** @returns each fuse that the program has @throws Error when it is no program of Electron */
export async function readFuses(program: string): Promise<Readonly<Record<string, boolean>>> {
  const bytes = await readFile(program);
  const at = bytes.indexOf(MARK);
  if (at === -1) throw new Error(`${program} is no program of Electron: it has no fuses.`);
  // Behind the mark: version, number of fuses, then `1` or `0` for each, `r` for one that was removed.
  const wire = at + MARK.length;
  const count = bytes[wire + 1] ?? 0;
  const letters = bytes.toString('latin1', wire + 2, wire + 2 + count);
  const known = NAMES.slice(0, count).map((name, index) => [name, letters[index] === '1'] as const);
  return Object.fromEntries(known);
}
