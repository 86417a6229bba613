/** `npm run e2e`: builds what is stale and drives the pages in a real browser. Arguments go to Playwright. */
import { findChromium } from './chromium.ts';
import { run } from './project.ts';

if (findChromium(process.env, process.platform) === undefined) {
  console.error(
    'No Chromium was found. Install one (on Debian: apt-get install chromium) or set CHROMIUM_PATH.',
  );
  process.exit(1);
}
const build = await run(process.execPath, ['scripts/build.ts']);
if (build.code !== 0) process.exit(build.code);
const tests = await run('playwright', [
  'test',
  '--config',
  'e2e/playwright.config.ts',
  ...process.argv.slice(2),
]);
process.exit(tests.code);
