// Build of the headless host: JavaScript of our own and of our dependencies in a few files, so that it starts fast.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// An older Node would not run `import.meta.main` and end without a word.
const NODE_CHECK = `if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write('Switchyard needs Node 24; this is ' + process.versions.node + '.\\n');
  process.exit(1);
}`;

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
        'log-worker': at('./gateway/storage/worker.ts'),
        'token-worker': at('./gateway/estimates/worker.ts'),
      },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
        intro: ({ name }) => (name === 'main' ? NODE_CHECK : ''),
      },
    },
  },
  // Native code stays a package of its own.
  ssr: { noExternal: true, external: ['better-sqlite3'] },
});
