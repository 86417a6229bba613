/** What an update source announces: read within limits, checked before anything is done with it. */
import type { UpdateInfo } from 'electron-updater';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { isSafe } from './update-source.ts';
import { reasonOf, UpdateFailure } from './update-failure.ts';

/** A real one has some kilobytes, bytes. */
export const LARGEST_ANNOUNCEMENT = 1_000_000;
/** ms */
export const PATIENCE = 20_000;
/** Of the notes that are shown, characters. */
const LONGEST_NOTES = 20_000;
const MOST_FILES = 50;
/** Older announcements named one file here. */
const NO_SINGLE_FILE = { path: '', sha512: '' };

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const fileSchema = z.object({
  url: z.string().check(z.minLength(1), z.maxLength(2_000)),
  sha512: z.string().check(z.regex(/^[A-Za-z0-9+/]{86}==$/)),
  size: z.optional(z.int().check(z.positive())),
});
const schema = z.object({
  version: z.string().check(z.regex(/^\d+\.\d+\.\d+[-+.0-9A-Za-z]{0,100}$/)),
  files: z.array(fileSchema).check(z.minLength(1), z.maxLength(MOST_FILES)),
  releaseDate: z.optional(z.union([z.string(), z.date()])),
  releaseNotes: z.optional(
    z.nullable(z.union([z.string(), z.array(z.object({ note: z.nullable(z.string()) }))])),
  ),
});

/**
 * @param signal takes it back
 * @throws UpdateFailure with a sentence for the user
 */
export async function fetchAnnouncement(url: URL, fetch: Fetch, signal: AbortSignal): Promise<UpdateInfo> {
  const limit = AbortSignal.timeout(PATIENCE);
  try {
    // The address is the one that the settings name: it does not lead elsewhere.
    const answer = await fetch(url.href, { redirect: 'error', signal: AbortSignal.any([signal, limit]) });
    if (!answer.ok)
      throw new UpdateFailure('update-status', { host: url.host, status: answer.status, path: url.pathname });
    return readAnnouncement(await textOf(answer), url);
  } catch (error) {
    if (error instanceof UpdateFailure) throw error;
    if (limit.aborted)
      throw new UpdateFailure('update-silent', { host: url.host, seconds: PATIENCE / 1_000 });
    throw new UpdateFailure('update-not-asked', { host: url.host }, reasonOf(error));
  }
}

/** @throws UpdateFailure */
export function readAnnouncement(source: string, url: URL): UpdateInfo {
  const { data } = schema.safeParse(parsed(source));
  if (data === undefined) throw new UpdateFailure('update-unreadable', { host: url.host });
  for (const file of data.files) {
    if (!URL.canParse(file.url, url.href) || !isSafe(new URL(file.url, url))) {
      throw new UpdateFailure('update-unsafe', { host: url.host });
    }
  }
  return {
    version: data.version,
    files: data.files.map(({ url: path, sha512, size }) => ({
      url: path,
      sha512,
      ...(size === undefined ? {} : { size }),
    })),
    ...NO_SINGLE_FILE,
    releaseDate: dayOf(data.releaseDate),
    releaseNotes: notesOf(data.releaseNotes),
  };
}

/** Empty where none was written, or nonsense. */
function dayOf(written: string | Date | undefined): string {
  const day = new Date(written ?? Number.NaN);
  return Number.isNaN(day.getTime()) ? '' : day.toISOString();
}

/** Characters that are not seen but change how what follows is seen: controls but line ends, and marks of direction. */
const UNSEEN = /(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Too long a text is cut: it does not keep anybody from the update. */
function notesOf(notes: z.output<typeof schema>['releaseNotes']): string {
  const whole = typeof notes === 'string' ? notes : (notes ?? []).map(({ note }) => note ?? '').join('\n\n');
  return whole.slice(0, LARGEST_ANNOUNCEMENT).replaceAll(UNSEEN, '').trim().slice(0, LONGEST_NOTES);
}

function parsed(source: string): unknown {
  try {
    return parse(source, { maxAliasCount: 0 });
  } catch {
    return undefined;
  }
}

/** @throws UpdateFailure for one that is too large */
async function textOf(answer: Response): Promise<string> {
  const decoder = new TextDecoder();
  let whole = '';
  let size = 0;
  if (answer.body === null) return '';
  for await (const chunk of bytesOf(answer.body)) {
    size += chunk.byteLength;
    // Leaving the loop ends the answer.
    if (size > LARGEST_ANNOUNCEMENT) throw new UpdateFailure('update-large');
    whole += decoder.decode(chunk, { stream: true });
  }
  return whole + decoder.decode();
}

/** Types of Node and of browsers differ on what a body gives. */
const bytesOf = (body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> => body;
