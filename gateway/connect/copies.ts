/** Dated copies of files as they were before the gateway wrote them: `settings.json.2026-11-20-142958`. */
import { basename, join } from 'node:path';
import type { ToolBackup, ToolId } from '../../contract/rpc/procedures/connect.ts';
import type { Files, FoundFile } from './files.ts';
import type { Copy } from './manifest.ts';

/** The newest stay. */
const KEPT = 20;
/** Stands for a file that was not there. */
const NONE = '.none';
const NAME = /^(.+)\.(\d{4})-(\d\d)-(\d\d)-(\d\d)(\d\d)(\d\d)(?:-\d+)?(?:\.none)?$/;

const folderOf = (folder: string, tool: ToolId): string => join(folder, tool);

/** @returns the copy as the manifest names it */
export async function keepCopy(
  files: Files,
  folder: string,
  tool: ToolId,
  { path, text }: FoundFile,
  at: number,
): Promise<Copy> {
  const there = new Set(await files.names(folderOf(folder, tool)));
  const dated = `${basename(path)}.${stamp(new Date(at))}`;
  const ending = text === undefined ? NONE : '';
  const free = (count: number): string => {
    const name = `${dated}${count === 1 ? '' : `-${count}`}`;
    return there.has(name) || there.has(`${name}${NONE}`) ? free(count + 1) : `${name}${ending}`;
  };
  const name = free(1);
  await files.write(join(folderOf(folder, tool), name), text ?? '');
  return { name, of: path, at };
}

/** Newest first. What no list names is known by its name, and is taken for a copy of a file called so. */
export async function listCopies(
  files: Files,
  folder: string,
  tool: ToolId,
  listed: readonly Copy[],
  paths: readonly string[],
): Promise<readonly ToolBackup[]> {
  const names = await files.names(folderOf(folder, tool));
  return names
    .flatMap((name): readonly ToolBackup[] => {
      const parts = NAME.exec(name);
      if (parts === null) return [];
      const known = listed.find((copy) => copy.name === name);
      const of = known?.of ?? paths.find((path) => basename(path) === parts[1]);
      if (of === undefined) return [];
      return [{ name, of, at: known?.at ?? timeOf(parts), existed: !name.endsWith(NONE) }];
    })
    .toSorted((left, right) => right.at - left.at || (left.name < right.name ? 1 : -1));
}

/** Undefined where there was no file. */
export async function readCopy(
  files: Files,
  folder: string,
  tool: ToolId,
  { name, existed }: ToolBackup,
): Promise<string | undefined> {
  return existed ? ((await files.read(join(folderOf(folder, tool), name))).text ?? '') : undefined;
}

/** Of each file the newest stay, and the oldest: that is how it was before the gateway. @returns those that are gone */
export async function dropOldCopies(
  files: Files,
  folder: string,
  tool: ToolId,
  copies: readonly ToolBackup[],
): Promise<readonly string[]> {
  const old = copies.filter(({ of, name }) => {
    const same = copies.filter((copy) => copy.of === of);
    return same.findIndex((copy) => copy.name === name) >= KEPT && same.at(-1)?.name !== name;
  });
  for (const { name } of old) await files.remove(join(folderOf(folder, tool), name));
  return old.map(({ name }) => name);
}

/** In local time, as people look for it. */
export function stamp(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`;
}

function timeOf(parts: readonly string[]): number {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.slice(2, 8).map(Number);
  return new Date(year, month - 1, day, hour, minute, second).getTime();
}
