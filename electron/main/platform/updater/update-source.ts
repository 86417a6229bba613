/** Where newer versions of this build are announced: electron-builder writes it beside a build that is published. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod/mini';

const LONGEST_ADDRESS = 2_000;

export interface UpdateSource {
  /** Folder of the announcements, with a slash at its end. */
  readonly base: URL;
  /** e.g. `latest` */
  readonly channel: string;
}

const schema = z.object({
  provider: z.literal('generic'),
  url: z.string().check(z.maxLength(LONGEST_ADDRESS)),
  channel: z.catch(z.string().check(z.regex(/^[a-z][a-z0-9-]{0,30}$/)), 'latest'),
});

/**
 * @param folder the resources of a packaged app
 * @returns null where this build was never published, or not in a way that is known here
 */
export async function readUpdateSource(folder: string): Promise<UpdateSource | null> {
  try {
    return sourceOf(parse(await readFile(join(folder, 'app-update.yml'), 'utf8')));
  } catch {
    return null;
  }
}

export function sourceOf(settings: unknown): UpdateSource | null {
  const { data } = schema.safeParse(settings);
  if (data === undefined || !URL.canParse(data.url)) return null;
  const base = new URL(data.url);
  if (!isSafe(base)) return null;
  base.search = '';
  base.hash = '';
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  return { base, channel: data.channel };
}

/** What is read there decides what runs on this computer: only from who it says it is, or from here. */
export function isSafe({ protocol, hostname, username, password }: URL): boolean {
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && hostname === '127.0.0.1');
}

/** The file in which the newest version for this system is announced, as electron-builder names it. */
export function announcementOf(source: UpdateSource, platform: NodeJS.Platform, processor: string): URL {
  const systems: Partial<Record<NodeJS.Platform, string>> = {
    darwin: '-mac',
    linux: processor === 'x64' ? '-linux' : `-linux-${processor}`,
  };
  return new URL(`${source.channel}${systems[platform] ?? ''}.yml`, source.base);
}
