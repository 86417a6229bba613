// Build of the headless host: JavaScript of our own and of our dependencies in a few files, so that it starts fast.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: at('.'),
  publicDir: false,
  build: {
    ssr: true,
    outDir: at('./out/server'),
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    rolldownOptions: {
      // koa's `depd` names its wrappers through eval; nothing of a request reaches it.
      checks: { eval: false },
      input: {
        main: at('./server/main.ts'),
        // Beside its workers and the page, which it looks for from where it lies.
        program: at('./server/program.ts'),
        'log-worker': at('./gateway/storage/worker.ts'),
        'token-worker': at('./gateway/estimates/worker.ts'),
      },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
      },
    },
  },
  // Native code stays a package of its own.
  ssr: { noExternal: true, external: ['better-sqlite3'] },
});
