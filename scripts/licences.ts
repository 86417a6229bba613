/** The licence texts of every package that became part of a build, as those licences ask. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { packagesOf, type BuildTarget } from './build-targets.ts';

export interface PackageLicence {
  readonly name: string;
  readonly version: string;
  /** As its manifest names it. */
  readonly licence: string;
  readonly text: string;
}

/** @throws when one of them was never built */
export async function licencesOf(targets: readonly BuildTarget[]): Promise<string> {
  const all = await licenceList(targets);
  return all
    .map(({ name, version, licence, text }) => [`== ${name} ${version} (${licence})`, '', text].join('\n'))
    .join('\n');
}

/** @throws when one of them was never built */
export async function licenceList(targets: readonly BuildTarget[]): Promise<readonly PackageLicence[]> {
  const folders = new Set((await Promise.all(targets.map((target) => packagesOf(target)))).flat());
  return Promise.all([...folders].sort().map(licenceOf));
}

async function licenceOf(folder: string): Promise<PackageLicence> {
  const schema = z.object({ name: z.string(), version: z.string(), license: z.optional(z.string()) });
  const { name, version, license } = schema.parse(
    JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')),
  );
  const files = await licenceFiles(folder);
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return { name, version, licence: license ?? 'see below', text: texts.join('\n') };
}

/** Also those in a folder of that name: of works that a package has taken parts of. */
async function licenceFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const named = entries.filter(({ name }) => /^(?:licen[cs]es?|notice|copying)/i.test(name));
  const files = named.map(async (entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return [path];
    return (await readdir(path)).map((name) => join(path, name));
  });
  return (await Promise.all(files)).flat();
}
