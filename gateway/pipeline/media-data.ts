/** Whether the bytes of an image, a file or a sound are what they are said to be, and what a model takes. Pure. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { MediaSource } from '../core/canonical/parts.ts';
import type { Warn } from '../core/canonical/request.ts';
import type { GatewayError } from '../core/errors.ts';
import { SNIFFED_BYTES, sniffMediaType } from '../core/media-type.ts';
import { failed } from '../core/failed.ts';
import type { MediaPart } from './media-walk.ts';

export type Inline = Extract<MediaSource, { kind: 'data' }>;

/** What every dialect's own upstreams read, but for GIF in Gemini. */
export const USUAL_IMAGES: readonly string[] = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'];

/**
 * @param url `data:<type>;<parameters>;base64,<data>`; without `base64` percent-encoded
 * @throws GatewayError `media_refused`
 */
export function readDataUrl(url: string): Inline {
  const comma = url.indexOf(',');
  if (comma === -1) throw refused(remark('media-no-comma'));
  const head = url.slice('data:'.length, comma).toLowerCase();
  const data = url.slice(comma + 1);
  const mediaType = head.slice(0, `${head};`.indexOf(';')).trim() || 'text/plain';
  if (head.endsWith(';base64')) return { kind: 'data', mediaType, base64: data };
  try {
    return { kind: 'data', mediaType, base64: Buffer.from(decodeURIComponent(data)).toString('base64') };
  } catch {
    throw refused(remark('media-not-encoded'));
  }
}

/**
 * What a client sent inline, as it is to be sent on: clean base64 under its real type.
 * @throws GatewayError `media_refused`
 */
export function checkedInline(
  kind: MediaPart['kind'],
  source: Inline,
  imageTypes: readonly string[],
  warn: Warn,
): Inline {
  const base64 = cleanBase64(source.base64);
  if (headOf(base64).length === 0) throw refused(remark(EMPTY[kind]));
  const real = sniffMediaType(headOf(base64));
  const fits = real !== undefined && isKind(real, kind);
  const mediaType = fits ? real : source.mediaType;
  if (kind === 'image' && fits && !imageTypes.includes(mediaType)) {
    throw refused(remark('image-type-refused', { type: mediaType, types: listed(imageTypes) }));
  }
  if (mediaType !== source.mediaType && source.mediaType !== '' && !isAlias(source.mediaType, mediaType)) {
    warn(
      remark(kind === 'image' ? 'image-called' : 'file-called', { said: source.mediaType, real: mediaType }),
    );
  }
  return base64 === source.base64 && mediaType === source.mediaType
    ? source
    : { kind: 'data', mediaType, base64 };
}

/**
 * What was fetched from `host`.
 * @throws GatewayError `media_refused`
 */
export function checkedFetched(
  kind: MediaPart['kind'],
  source: Inline,
  imageTypes: readonly string[],
  host: string,
): Inline {
  const { base64, mediaType: declared } = source;
  const real = sniffMediaType(headOf(base64)) ?? (isText(declared, base64) ? 'text/plain' : undefined);
  const allowed = {
    image: imageTypes,
    file: ['application/pdf', 'text/plain', ...imageTypes],
    audio: SOUNDS,
  }[kind];
  if (real !== undefined && allowed.includes(real)) return { kind: 'data', mediaType: real, base64 };
  const types = listed(allowed);
  const saying = UNUSABLE[kind];
  if (base64 === '') throw refused(remark(`${saying}-nothing`, { host, types }));
  const found = real ?? declared;
  throw refused(
    found === '' ? remark(`${saying}-other`, { host, types }) : remark(saying, { host, found, types }),
  );
}

/** A file may turn out to be an image. What a sound is only its client knows. */
function isKind(mediaType: string, kind: MediaPart['kind']): boolean {
  const image = mediaType.startsWith('image/');
  return kind === 'image' ? image : kind === 'file' && (image || mediaType === 'application/pdf');
}

const EMPTY = { image: 'image-empty', file: 'file-empty-here', audio: 'sound-empty' } as const;
const UNUSABLE = { image: 'image-unusable', file: 'file-unusable', audio: 'sound-unusable' } as const;
const SOUNDS = ['audio/wav', 'audio/mpeg'];
const refused = (told: Told): GatewayError => failed('media_refused', told);
const listed = (types: readonly string[]): string => types.join(', ');
const isAlias = (said: string, real: string): boolean => said === 'image/jpg' && real === 'image/jpeg';

/** Enough of the first characters for the bytes that are looked at. */
const headOf = (base64: string): Buffer => Buffer.from(base64.slice(0, SNIFFED_BYTES * 2), 'base64');

/** Characters that some clients write and no provider reads: line ends, and those of base64url. */
const UNCLEAN = ['\n', '\r', ' ', '\t', '-', '_'];

function cleanBase64(base64: string): string {
  const padded = base64.length % 4 === 0;
  if (padded && !UNCLEAN.some((character) => base64.includes(character))) return base64;
  return Buffer.from(base64, 'base64').toString('base64');
}

/** A page of HTML is a log-in or an error far more often than a document. */
function isText(declared: string, base64: string): boolean {
  const textual = declared.startsWith('text/') || declared === 'application/json';
  if (!textual || declared === 'text/html' || base64 === '') return false;
  const bytes = Buffer.from(base64, 'base64');
  return !bytes.includes(0) && Buffer.from(bytes.toString('utf8')).equals(bytes);
}
