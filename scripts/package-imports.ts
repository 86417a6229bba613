/** Finds imports that a folder of packed JavaScript cannot resolve by itself. */
import { readdir, readFile } from 'node:fs/promises';
import { createRequire, isBuiltin } from 'node:module';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** @returns `<file> -> <what it imports>` for each import that leads nowhere; `electron` is always there */
export async function unresolvedImports(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  const scripts = names.filter((name) => /\.[cm]?js$/.test(name));
  const found = await Promise.all(
    scripts.map(async (name) => {
      const file = join(folder, name);
      const { importedFiles } = ts.preProcessFile(await readFile(file, 'utf8'), true, true);
      const resolve = createRequire(file);
      return importedFiles
        .map(({ fileName }) => fileName)
        .filter((specifier) => specifier !== 'electron' && !isBuiltin(specifier))
        .filter((specifier) => !resolves(resolve, specifier, folder))
        .map((specifier) => `${relative(folder, file)} -> ${specifier}`);
    }),
  );
  return found.flat();
}

/** A package found above the folder is not in it. */
function resolves(require: NodeJS.Require, specifier: string, folder: string): boolean {
  try {
    return require.resolve(specifier).startsWith(folder);
  } catch {
    return false;
  }
}
