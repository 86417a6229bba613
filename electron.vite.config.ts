// Build of the desktop app: main process and preload script here, the pages as vite.config.ts has them.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'electron-vite';
import web from './vite.config.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Native code stays a package of its own; everything else is bundled, so that the app starts fast. */
const NATIVE = ['better-sqlite3', 'keytar'];

const { root, base, plugins, define, build } = web;

export default defineConfig({
  main: {
    publicDir: false,
    build: {
      outDir: at('./out/main'),
      emptyOutDir: true,
      target: 'node24',
      externalizeDeps: false,
      rolldownOptions: {
        external: NATIVE,
        // koa's `depd` names its wrappers through eval; nothing of a request reaches it.
        checks: { eval: false },
        // Each worker and helper process is an entry of its own.
        input: {
          index: at('./electron/main/index.ts'),
          'log-worker': at('./gateway/storage/worker.ts'),
          'keychain-helper': at('./electron/main/platform/secrets/helper.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    publicDir: false,
    build: {
      outDir: at('./out/preload'),
      emptyOutDir: true,
      target: 'node24',
      // A sandboxed preload script is one CommonJS file.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('./electron/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: { root, base, plugins, define, build },
});
