/**
 * Makes `out/package/switchyard-<version>.tgz`, the headless host as an npm package. It holds the build; of the
 * dependencies only the native one is installed with it.
 */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { TARGETS_OF } from './build-targets.ts';
import { licencesOf } from './licences.ts';
import { ROOT, run } from './project.ts';

const NATIVE = 'better-sqlite3';
/** What is needed to run the build; `server/node-version.ts` says so to an older one. */
const ENGINES = { node: '>=24.2' };
/** The project's own is about a clone. */
const README = 'scripts/headless-readme.md';
const DOCUMENTS = ['CHANGELOG.md', 'LICENSE', 'config.example.yaml', '.env.example', 'docs'];

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  license: z.string(),
  bin: z.record(z.string(), z.string()),
  dependencies: z.record(z.string(), z.string()),
});

/** Packs what was built. @returns the file, from the project's folder, or null when npm could not pack it */
export async function packageHeadless(): Promise<string | null> {
  const output = join(ROOT, 'out', 'package');
  const stage = join(output, 'package');
  await rm(output, { recursive: true, force: true });
  await mkdir(join(stage, 'out'), { recursive: true });
  for (const target of TARGETS_OF.headless) {
    await cp(join(ROOT, target.output), join(stage, target.output), { recursive: true });
  }
  for (const document of DOCUMENTS) {
    await cp(join(ROOT, document), join(stage, document), { recursive: true });
  }
  const own = await manifest();
  const readme = await readFile(join(ROOT, README), 'utf8');
  await writeFile(join(stage, 'README.md'), readme.replaceAll('VERSION', own.version));
  await writeFile(join(stage, 'package.json'), `${JSON.stringify(own, undefined, 2)}\n`);
  await writeFile(join(stage, 'THIRD-PARTY-LICENSES.txt'), await licencesOf(TARGETS_OF.headless));
  const pack = await run('npm', ['pack', '--silent', '--pack-destination', output, stage], { quiet: true });
  await rm(stage, { recursive: true });
  return pack.code === 0 ? join('out', 'package', pack.output.trim()) : null;
}

/** The published manifest: what the build does not contain stays a dependency. */
async function manifest() {
  const own = manifestSchema.parse(JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')));
  const { dependencies, ...rest } = own;
  return { ...rest, type: 'module', engines: ENGINES, dependencies: { [NATIVE]: dependencies[NATIVE] } };
}
