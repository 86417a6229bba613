/**
 * `npm start` and `npm run serve`: builds what is stale, then becomes the headless host. Same process: its
 * signals, exit code and memory are the host's own.
 */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { isStale, TARGETS } from './build-targets.ts';
import { ROOT, run } from './project.ts';

const args = process.argv.slice(2).filter((argument) => argument !== '--headless');
const headless = process.argv.includes('--headless') || process.env['SWITCHYARD_HEADLESS'] === '1';

const stale = await Promise.all(TARGETS.map((target) => isStale(target)));
if (stale.includes(true)) {
  // In a process of its own: the bundler's memory must not stay with the gateway.
  const { code } = await run(process.execPath, [join(ROOT, 'scripts', 'build.ts')]);
  if (code !== 0) process.exit(code);
}
if (!headless) console.log('There is no desktop window in this version; starting the headless host.');

enableCompileCache(join(ROOT, 'out', '.cache'));
const host: unknown = await import(new URL('../out/server/main.js', import.meta.url).href);
if (typeof host === 'object' && host !== null && 'main' in host && typeof host.main === 'function') {
  await Reflect.apply(host.main, undefined, [args]);
}
