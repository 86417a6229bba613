// Build of the desktop app: main process and preload script here, the pages as vite.config.ts has them.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import web from './vite.config.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Native code stays a package of its own; everything else is bundled, so that the app starts fast. */
const NATIVE = ['better-sqlite3', 'keytar'];

/** Puts the icons of the tray beside the main process, which reads them as files. */
const trayIcons: Plugin = {
  name: 'switchyard:tray-icons',
  async generateBundle() {
    const folder = at('./resources/icons/tray');
    for (const name of await readdir(folder)) {
      const source = await readFile(join(folder, name));
      this.emitFile({ type: 'asset', fileName: `icons/${name}`, source });
    }
  },
};

const { root, base, plugins, define, build } = web;

export default defineConfig({
  main: {
    publicDir: false,
    plugins: [trayIcons],
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
          'token-worker': at('./gateway/estimates/worker.ts'),
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
