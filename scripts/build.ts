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
    await build({ configFile: join(ROOT, target.config), logLevel: 'warn' });
  } catch (error) {
    console.error(`failed.\n${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
  await markBuilt(target, startedAt);
  console.log(`${((Date.now() - startedAt) / 1_000).toFixed(1)} s`);
}
