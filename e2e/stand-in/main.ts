/** Runs an app as Electron's program does. See README.md for what the stand-in shows and what it cannot show. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod/mini';

/** An app that awaits `ready` before its main script has ended gets this long, ms. */
const PATIENCE = 5_000;

// The script's own name is no argument: Electron's program stands first.
process.argv.splice(0, 2, join(import.meta.dirname, 'electron'));
const manifest = join(import.meta.dirname, '..', '..', 'node_modules', 'electron', 'package.json');
const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, 'utf8')));
Object.defineProperty(process.versions, 'electron', { value: version, enumerable: true });
Object.defineProperty(process, 'type', { value: 'browser' });
Object.defineProperty(process, 'defaultApp', { value: true });

const { app, start } = await import('./electron.ts');
const { findEntry } = await import('./app/entry.ts');
process.on('SIGTERM', () => app.quit());
process.on('SIGINT', () => app.quit());

const deadlock = setTimeout(() => {
  if (!app.isAwaited) return;
  console.error(
    'The main script awaits app.whenReady() at its top level. Electron sends `ready` only after the script has ' +
      'ended and would wait for ever: use app.whenReady().then(...).',
  );
  process.exit(1);
}, PATIENCE);
await import(pathToFileURL(findEntry(process.argv).script).href);
clearTimeout(deadlock);
await start();
