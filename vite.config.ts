// Renderer build and every Vitest project; electron.vite.config.ts reuses the renderer part.
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';
import { localeParts } from './scripts/locale-parts.ts';

/** What is waited for comes when it comes; a busy machine takes many times the second that is the default. */
const POLL = { poll: { timeout: 20_000, interval: 20 } };

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A property that fails by chance would fail for somebody else. */
const SETUP = [at('./scripts/property-seed.ts')];

/**
 * Left to itself the bundler makes a file of every icon that two pages share: 86 files for the first page, and each is
 * a request and a module of its own. What three parts use comes in one file, which is smaller compressed, too.
 */
const CHUNKS = [
  // Charts come on demand; in one piece with what draws them they would be more than one file should be.
  { name: 'zrender', test: /node_modules[\\/]zrender[\\/]/ },
  // Each language of code comes when code in it is shown.
  {
    name: 'common',
    test: (id: string) => !/node_modules[\\/](@shikijs|shiki|echarts|vue-echarts)[\\/]/.test(id),
    minShareCount: 3,
  },
];

export default defineConfig({
  root: at('./renderer'),
  base: './',
  plugins: [localeParts(), vue(), tailwindcss()],
  // Parts of Vue and vue-i18n that no component uses stay out of the bundle.
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  // What a worker loads on demand stays on demand.
  worker: { format: 'es' },
  build: {
    outDir: at('./out/renderer'),
    emptyOutDir: true,
    target: 'chrome130',
    // Tells which files the first page needs, for the test of their size; nobody is served it.
    manifest: true,
    rolldownOptions: { output: { codeSplitting: { groups: CHUNKS } } },
  },
  test: {
    // One worker, as two cores would have by default, leaves both idle while tests wait.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        root: at('.'),
        resolve: { alias: { electron: at('./electron/testing/electron.ts') } },
        test: {
          name: 'unit',
          environment: 'node',
          // They share no state to keep apart, and a worker for each file takes as long as the tests.
          isolate: false,
          // Its import of `electron` is replaced as ours are.
          server: { deps: { inline: ['electron-store'] } },
          include: ['{contract,electron,gateway,server,scripts}/**/*.test.ts'],
          exclude: ['**/*.recordings.test.ts', '**/*.integration.test.ts'],
          // Far beyond what any of them takes alone: a busy machine is no failure.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: POLL,
          setupFiles: SETUP,
        },
      },
      {
        extends: true,
        root: at('.'),
        test: {
          name: 'integration',
          environment: 'node',
          isolate: false,
          include: ['{electron,gateway,server,scripts,bench}/**/*.integration.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 90_000,
          expect: POLL,
          setupFiles: SETUP,
        },
      },
      {
        extends: true,
        root: at('.'),
        test: {
          name: 'recordings',
          environment: 'node',
          isolate: false,
          include: ['gateway/**/*.recordings.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 90_000,
          expect: POLL,
          setupFiles: SETUP,
        },
      },
      {
        extends: true,
        root: at('.'),
        test: {
          name: 'renderer',
          environment: 'happy-dom',
          // As above: what a test leaves in the document goes after it.
          isolate: false,
          include: ['renderer/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: POLL,
          setupFiles: [...SETUP, at('./renderer/testing/unmount.ts')],
          // What is mounted goes first, and then what a file cleans up around it.
          sequence: { hooks: 'list' },
        },
      },
    ],
  },
});
