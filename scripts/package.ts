/**
 * `npm run package`: makes `out/package/switchyard-<version>.tgz`, the headless host as an npm package. It
 * holds the build; of the dependencies only the native one is installed with it.
 */
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { packagesOf, TARGETS_OF } from './build-targets.ts';
import { ROOT, run } from './project.ts';

const NATIVE = 'better-sqlite3';
const DOCUMENTS = ['README.md', 'CHANGELOG.md', 'LICENSE', 'config.example.yaml', '.env.example', 'docs'];

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  license: z.string(),
  bin: z.record(z.string(), z.string()),
  engines: z.record(z.string(), z.string()),
  dependencies: z.record(z.string(), z.string()),
});

const output = join(ROOT, 'out', 'package');
const stage = join(output, 'package');

const build = await run(process.execPath, ['scripts/build.ts', '--headless']);
if (build.code !== 0) process.exit(build.code);
await rm(output, { recursive: true, force: true });
await mkdir(join(stage, 'out'), { recursive: true });
for (const target of TARGETS_OF.headless) {
  await cp(join(ROOT, target.output), join(stage, target.output), { recursive: true });
}
for (const document of DOCUMENTS) {
  await cp(join(ROOT, document), join(stage, document), { recursive: true });
}
await writeFile(join(stage, 'package.json'), `${JSON.stringify(await manifest(), undefined, 2)}\n`);
await writeFile(join(stage, 'THIRD-PARTY-LICENSES.txt'), await licences());
const pack = await run('npm', ['pack', '--silent', '--pack-destination', output, stage], { quiet: true });
if (pack.code !== 0) process.exit(pack.code);
await rm(stage, { recursive: true });
console.log(`Packaged ${join('out', 'package', pack.output.trim())}`);

/** The published manifest: what the build does not contain stays a dependency. */
async function manifest(): Promise<object> {
  const own = manifestSchema.parse(JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')));
  const { dependencies, ...rest } = own;
  return { ...rest, type: 'module', dependencies: { [NATIVE]: dependencies[NATIVE] } };
}

/** The licence texts of every package that became part of the build, as those licences ask. */
async function licences(): Promise<string> {
  const folders = new Set(
    (await Promise.all(TARGETS_OF.headless.map((target) => packagesOf(target)))).flat(),
  );
  const texts = await Promise.all([...folders].sort().map(licenceOf));
  return texts.join('\n');
}

async function licenceOf(folder: string): Promise<string> {
  const schema = z.object({ name: z.string(), version: z.string(), license: z.optional(z.string()) });
  const { name, version, license } = schema.parse(
    JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')),
  );
  const files = (await readdir(folder)).filter((file) => /^(?:licen[cs]e|notice|copying)/i.test(file));
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return [`== ${name} ${version} (${license ?? 'see below'})`, '', ...texts].join('\n');
}
