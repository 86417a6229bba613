/**
 * A process of its own for `fetchElectron`, which can be ended at any moment: fetches Electron's archive into
 * the cache as its install script would, telling how far it is, and then lets that script do its work.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';

const folder = process.argv[2] ?? '';
const load = createRequire(join(folder, 'package.json'));
const { env } = process;

try {
  const get: unknown = load('@electron/get');
  const manifest: unknown = load('./package.json');
  const checksums: unknown = load('./checksums.json');
  if (!hasDownload(get) || !hasVersion(manifest))
    throw new Error('this version of Electron is not known here');
  await get.downloadArtifact({
    version: manifest.version,
    artifactName: 'electron',
    cacheRoot: env['electron_config_cache'],
    checksums,
    platform: env['ELECTRON_INSTALL_PLATFORM'] ?? process.platform,
    arch: env['ELECTRON_INSTALL_ARCH'] ?? process.arch,
    downloadOptions: {
      quiet: true,
      getProgressCallback: ({ percent }: { readonly percent: number }) =>
        tell({ kind: 'progress', share: percent }),
    },
  });
} catch (error) {
  await tell({ kind: 'failed', reason: causeOf(error) });
  process.exit(1);
}
await tell({ kind: 'fetched' });
// It finds the archive in the cache, unpacks it, and ends this process with its own code where it fails.
load('./install.js');
process.disconnect();

function tell(message: object): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(message, () => resolve());
  });
}

interface Get {
  downloadArtifact(details: object): Promise<string>;
}

function hasDownload(value: unknown): value is Get {
  return typeof value === 'object' && value !== null && 'downloadArtifact' in value;
}

function hasVersion(value: unknown): value is { readonly version: string } {
  return typeof value === 'object' && value !== null && 'version' in value;
}

/** `fetch failed` says nothing; what it was caused by does. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
