/** The system the gateway runs in, as whoever helps needs to know it. */
import { readdir, stat } from 'node:fs/promises';
import { release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Surroundings } from '../control/ports.ts';
import { findHomeFolder } from '../hosting/home-folder.ts';
import type { GatewayPorts } from '../index.ts';
import { newestSchema } from '../storage/migrate.ts';
import { MIGRATIONS } from '../storage/migrations.ts';

/** Variables that change what the program does, or how it reaches the network. */
const MATTERS =
  /^(?:SWITCHYARD_.*|.*_API_KEYS?|(?:HTTPS?|ALL|NO)_PROXY|NODE_(?:OPTIONS|EXTRA_CA_CERTS|ENV|TLS_REJECT_UNAUTHORIZED)|HOST|PORT|LOG_.*|XDG_.*|ELECTRON_.*|WAYLAND_DISPLAY|DISPLAY|APPIMAGE)$/i;
const MOST_FILES = 100;

type Ports = Pick<GatewayPorts, 'dataFolder' | 'environment' | 'logger'>;

export async function readSurroundings({ dataFolder, environment, logger }: Ports): Promise<Surroundings> {
  const { platform, arch, versions } = process;
  return {
    system: `${platform} ${arch} ${release()}`,
    runtime: `Node ${versions.node}${'electron' in versions ? `, Electron ${versions.electron}` : ''}`,
    homeFolder: findHomeFolder() ?? '',
    memory: { used: process.memoryUsage().rss, ofMachine: totalmem() },
    variables: Object.keys(environment)
      .filter((name) => MATTERS.test(name))
      .sort(),
    files: await filesOf(dataFolder),
    logSchema: newestSchema(MIGRATIONS),
    lines: logger.recent?.() ?? [],
  };
}

/**
 * Their names and sizes, and none is opened: closing a database file, however it was opened, takes away the locks that
 * SQLite has on it in this process, and another program may then delete its write-ahead log.
 */
async function filesOf(folder: string): Promise<Surroundings['files']> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const files = names
    .sort()
    .slice(0, MOST_FILES)
    .map(async (name) => {
      const path = join(folder, name);
      // A file may go while it is looked at.
      const bytes = await stat(path).then(
        ({ size }) => size,
        () => 0,
      );
      return { name, bytes };
    });
  return Promise.all(files);
}
