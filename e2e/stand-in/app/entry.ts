/** What the app is: Electron takes a folder with a `package.json`, or a script. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod/mini';

export interface Entry {
  /** The script that is the main process. */
  readonly script: string;
  /** `app.getAppPath()` */
  readonly folder: string;
  readonly name: string;
  readonly version: string;
}

const manifestSchema = z.object({
  main: z._default(z.string(), 'index.js'),
  name: z._default(z.string(), 'Electron'),
  productName: z.optional(z.string()),
  version: z._default(z.string(), '0.0.0'),
});

/** @param argv the program, its switches, the app, the app's arguments @throws Error where there is no app */
export function findEntry(argv: readonly string[]): Entry {
  const path = resolve(argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.');
  if (!existsSync(path)) throw new Error(`There is no app at ${path}.`);
  const folder = statSync(path).isDirectory() ? path : dirname(path);
  const file = join(folder, 'package.json');
  const manifest = manifestSchema.parse(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});
  const { main, name, productName = name, version } = manifest;
  return { script: folder === path ? join(folder, main) : path, folder, name: productName, version };
}
