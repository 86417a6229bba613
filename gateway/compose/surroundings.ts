/** The system the gateway runs in, as whoever helps needs to know it. */
import { open, readdir, stat } from 'node:fs/promises';
import { homedir, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Surroundings } from '../control/ports.ts';
import type { GatewayPorts } from '../index.ts';

/** Variables that change what the program does, or how it reaches the network. */
const MATTERS =
  /^(?:SWITCHYARD_.*|.*_API_KEYS?|(?:HTTPS?|ALL|NO)_PROXY|NODE_(?:OPTIONS|EXTRA_CA_CERTS|ENV|TLS_REJECT_UNAUTHORIZED)|HOST|PORT|LOG_.*|XDG_.*|ELECTRON_.*|WAYLAND_DISPLAY|DISPLAY|APPIMAGE)$/i;
const MOST_FILES = 100;
/** Where SQLite keeps `user_version` in the head of a file: 4 bytes, the highest first. */
const SCHEMA_AT = 60;

type Ports = Pick<GatewayPorts, 'dataFolder' | 'environment' | 'logger'>;

export async function readSurroundings({ dataFolder, environment, logger }: Ports): Promise<Surroundings> {
  const { platform, arch, versions } = process;
  return {
    system: `${platform} ${arch} ${release()}`,
    runtime: `Node ${versions.node}${'electron' in versions ? `, Electron ${versions.electron}` : ''}`,
    homeFolder: homedir(),
    memory: { used: process.memoryUsage().rss, ofMachine: totalmem() },
    variables: Object.keys(environment)
      .filter((name) => MATTERS.test(name))
      .sort(),
    files: await filesOf(dataFolder),
    lines: logger.recent?.() ?? [],
  };
}

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
      const schema = name.endsWith('.db') ? await schemaOf(path) : undefined;
      return { name, bytes, ...(schema === undefined ? {} : { schema }) };
    });
  return Promise.all(files);
}

/** Undefined while the head is still in the write-ahead log. */
async function schemaOf(path: string): Promise<number | undefined> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, SCHEMA_AT);
    const schema = bytesRead === 4 ? buffer.readUInt32BE() : 0;
    return schema === 0 ? undefined : schema;
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
}
