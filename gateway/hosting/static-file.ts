/** Finds the file behind a path of the user interface, and never one outside its folder. */
import { readFile, realpath } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

export interface StaticFile {
  readonly bytes: Buffer;
  readonly type: string;
}

/**
 * The place a request path names, after exactly one decoding.
 * @param path as it stands in the request line, without query
 * @returns an absolute path inside `root`, or undefined for anything that tries to be clever
 */
export function placeOf(root: string, path: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  const inert = !decoded.includes('\0') && !decoded.includes('\\');
  const plain = decoded.split('/').every((segment) => !segment.startsWith('.'));
  if (!inert || !plain || !decoded.startsWith('/')) return undefined;
  const place = resolve(root, `.${decoded}`);
  return place.startsWith(root + sep) ? place : undefined;
}

/** @returns undefined when there is no such file, its kind is not served, or a link leads out of `root` */
export async function readStatic(root: string, path: string): Promise<StaticFile | undefined> {
  const place = placeOf(root, path);
  const type = place === undefined ? undefined : TYPES[extname(place)];
  if (place === undefined || type === undefined) return undefined;
  try {
    const [realRoot, real] = await Promise.all([realpath(root), realpath(place)]);
    if (!real.startsWith(realRoot + sep)) return undefined;
    return { bytes: await readFile(real), type };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  ['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ELOOP'].includes(error.code);
