/** What is built, from what, and whether that is older than its sources. */
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './project.ts';

export interface BuildTarget {
  readonly name: 'renderer' | 'server' | 'main' | 'preload';
  /** Vite's configuration of it; for the two of Electron that of electron-vite, under the target's name. */
  readonly config: string;
  /** Folder of its output. */
  readonly output: string;
  /** Files and folders that decide about the output. */
  readonly sources: readonly string[];
}

const SHARED = ['package.json', 'package-lock.json', 'contract'];
const ELECTRON = [...SHARED, 'electron.vite.config.ts', 'electron'];

const renderer: BuildTarget = {
  name: 'renderer',
  config: 'vite.config.ts',
  output: 'out/renderer',
  sources: [...SHARED, 'vite.config.ts', 'renderer', 'resources'],
};
const server: BuildTarget = {
  name: 'server',
  config: 'vite.server.config.ts',
  output: 'out/server',
  sources: [...SHARED, 'vite.server.config.ts', 'server', 'gateway'],
};
const main: BuildTarget = {
  name: 'main',
  config: 'electron.vite.config.ts',
  output: 'out/main',
  sources: [...ELECTRON, 'gateway', 'resources'],
};
const preload: BuildTarget = {
  name: 'preload',
  config: 'electron.vite.config.ts',
  output: 'out/preload',
  sources: ELECTRON,
};

/** What each host runs from. */
export const TARGETS_OF = { headless: [renderer, server], desktop: [renderer, main, preload] } as const;
export type HostName = keyof typeof TARGETS_OF;

/** Everything there is to build. */
export const TARGETS: readonly BuildTarget[] = [renderer, server, main, preload];

/** Beside the output folders, which a build empties. */
const stampOf = (root: string, target: BuildTarget): string => join(root, 'out', `.built-${target.name}`);

/** True when there is no whole build, or a source changed since it began. */
export async function isStale(target: BuildTarget, root = ROOT): Promise<boolean> {
  const built = await modifiedAt(stampOf(root, target));
  if (built === undefined || (await modifiedAt(join(root, target.output))) === undefined) return true;
  for (const source of target.sources) {
    if ((await newestIn(join(root, source))) > built) return true;
  }
  return false;
}

/**
 * Notes that a build is whole.
 * @param startedAt when it began, Unix ms: what was edited since is newer
 * @param packages folders of the packages that became part of it, for their licences
 */
export async function markBuilt(
  target: BuildTarget,
  startedAt: number,
  packages: readonly string[],
  root = ROOT,
): Promise<void> {
  const stamp = stampOf(root, target);
  await mkdir(join(root, 'out'), { recursive: true });
  await writeFile(stamp, packages.map((folder) => `${folder}\n`).join(''));
  await utimes(stamp, startedAt / 1_000, startedAt / 1_000);
}

/** Folders of the packages that are part of a build. @throws when it was never built */
export async function packagesOf(target: BuildTarget, root = ROOT): Promise<readonly string[]> {
  const text = await readFile(stampOf(root, target), 'utf8');
  return text.split('\n').filter((line) => line !== '');
}

/** Tests themselves, and what their runner keeps in a folder of packages. */
const isForTests = (name: string): boolean => name.endsWith('.test.ts') || name === 'node_modules';

/** Latest change below a path, Unix ms; folders count, because a deleted file leaves its trace only there. */
async function newestIn(path: string): Promise<number> {
  const own = (await modifiedAt(path)) ?? 0;
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  const below = await Promise.all(
    entries.filter(({ name }) => !isForTests(name)).map(({ name }) => newestIn(join(path, name))),
  );
  return Math.max(own, ...below);
}

async function modifiedAt(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.mtimeMs;
}
