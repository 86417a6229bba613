/** Which program listens on a port, where the system tells without asking for more rights. */
import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { PortHolder } from '../../contract/rpc/procedures/settings.ts';

/** State of a listening socket in `/proc/net/tcp`, see proc_pid_net(5). */
const LISTENING = '0A';
/** What Node.js calls every program of its own. */
const NODE_THREAD = /^(?:node-)?MainThread$/;

/**
 * Linux only, and only programs of the same account: `/proc` shows the sockets of others to nobody else.
 * @param proc where the process file system is mounted
 * @returns null where nobody holds the port, or the system does not say who
 */
export async function portHolder(port: number, proc = '/proc'): Promise<PortHolder | null> {
  const sockets = await listeningSockets(port, proc);
  if (sockets.size === 0) return null;
  for (const pid of await listed(proc)) {
    if (/^\d+$/.test(pid) && (await holdsAny(join(proc, pid, 'fd'), sockets))) {
      return { name: await programName(join(proc, pid)), pid: Number(pid) };
    }
  }
  return null;
}

/** Links of the sockets that listen on the port, as they stand in a process's `fd` folder. */
async function listeningSockets(port: number, proc: string): Promise<ReadonlySet<string>> {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => textOf(join(proc, 'net', name))));
  const rows = tables.flatMap((table) => table.split('\n').slice(1));
  const links = rows.flatMap((row) => {
    const [, local = '', , state, , , , , , inode] = row.trim().split(/\s+/);
    const isWanted = state === LISTENING && local.endsWith(`:${wanted}`);
    return isWanted && inode !== undefined ? [`socket:[${inode}]`] : [];
  });
  return new Set(links);
}

async function holdsAny(folder: string, sockets: ReadonlySet<string>): Promise<boolean> {
  for (const descriptor of await listed(folder)) {
    if (sockets.has(await linkOf(join(folder, descriptor)))) return true;
  }
  return false;
}

async function programName(folder: string): Promise<string> {
  const name = (await textOf(join(folder, 'comm'))).trim();
  if (name !== '' && !NODE_THREAD.test(name)) return name;
  return basename(await linkOf(join(folder, 'exe'))) || name;
}

// A process that ended meanwhile, or that belongs to somebody else, reads as nothing.
const listed = (folder: string): Promise<readonly string[]> => readdir(folder).catch(() => []);
const textOf = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '');
const linkOf = (file: string): Promise<string> => readlink(file).catch(() => '');
