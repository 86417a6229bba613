/**
 * `npm run build`: builds what is older than its sources, one line each. `--force` builds everything,
 * `--headless` and `--desktop` only what that host runs from.
 */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { configOf } from './build-config.ts';
import { isStale, markBuilt, TARGETS, TARGETS_OF } from './build-targets.ts';
import type { BuildTarget } from './build-targets.ts';
import { licenceList } from './licences.ts';
import { ROOT } from './project.ts';

// Whoever builds from a test, or works with another mode set, gets what users get.
process.env['NODE_ENV'] = 'production';

const force = process.argv.includes('--force');
const headless = process.argv.includes('--headless');
const desktop = process.argv.includes('--desktop');
const wanted = headless ? TARGETS_OF.headless : desktop ? TARGETS_OF.desktop : TARGETS;
for (const target of wanted) {
  if (force || (await isStale(target))) await buildTarget(target);
}
// The page shows them; a build of the page empties its folder.
const built = TARGETS.filter(({ output }) => existsSync(join(ROOT, output)));
await writeFile(join(ROOT, 'out/renderer/licences.json'), JSON.stringify(await licenceList(built)));

async function buildTarget(target: BuildTarget): Promise<void> {
  const startedAt = Date.now();
  process.stdout.write(`Building ${target.name} ... `);
  try {
    const result = await build(await configOf(target));
    const outputs = 'output' in result ? [result] : Array.isArray(result) ? result : [];
    const modules = outputs.flatMap(({ output }) =>
      output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : [])),
    );
    await markBuilt(target, startedAt, packagesAmong(modules));
  } catch (error) {
    console.error(`failed.\n${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
  console.log(`${((Date.now() - startedAt) / 1_000).toFixed(1)} s`);
}

/** Folders of packages, from the paths of modules. */
function packagesAmong(modules: readonly string[]): readonly string[] {
  const folders = modules.map((id) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))]
    .map((folder) => folder.replace(/^\0/, ''))
    .sort();
}
