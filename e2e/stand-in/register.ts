/** Loaded into Node before anything else: `electron` is this folder's module, in the main process alone. */
import { registerHooks } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const MODULE = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    if (!/^electron(?:\/(?:main|common))?$/.test(specifier)) return next(specifier, context);
    if (!isMainThread || process.env['STAND_IN_CHILD'] === '1') {
      throw new Error(
        'Electron gives its module to the main process only, not to threads and child processes.',
      );
    }
    return { url: MODULE, format: 'module-typescript', shortCircuit: true };
  },
});
