/** `npm run dev`: the host from its sources, restarted on change, and the pages rebuilt on change. */
import { join } from 'node:path';
import { build } from 'vite';
import { ROOT, run } from './project.ts';

await build({
  configFile: join(ROOT, 'vite.config.ts'),
  logLevel: 'warn',
  // The folder keeps its files while it is built anew: a reload in between still finds a page.
  build: { watch: {}, emptyOutDir: false },
});
const host = [join(ROOT, 'server', 'main.ts'), ...process.argv.slice(2)];
// Building set NODE_ENV=production here, which would mean JSON log lines there.
const { code } = await run(process.execPath, ['--watch', ...host], {
  environment: { NODE_ENV: 'development' },
});
process.exit(code);
