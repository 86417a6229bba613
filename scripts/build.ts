/** `npm run build`: builds what is older than its sources, one line each. `--force` builds everything. */
import { join } from 'node:path';
import { build } from 'vite';
import { isStale, markBuilt, TARGETS } from './build-targets.ts';
import type { BuildTarget } from './build-targets.ts';
import { ROOT } from './project.ts';

const force = process.argv.includes('--force');
for (const target of TARGETS) {
  if (force || (await isStale(target))) await buildTarget(target);
}

async function buildTarget(target: BuildTarget): Promise<void> {
  const startedAt = Date.now();
  process.stdout.write(`Building ${target.name} ... `);
  try {
    const result = await build({ configFile: join(ROOT, target.config), logLevel: 'warn' });
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
