/** Whether the bytes of an image, a file or a sound are what they are said to be, and what a model takes. Pure. */
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { MediaSource } from '../core/canonical/parts.ts';
import type { Warn } from '../core/canonical/request.ts';
import { GatewayError } from '../core/errors.ts';
import { SNIFFED_BYTES, sniffMediaType } from '../core/media-type.ts';
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
  if (comma === -1) throw refused('A data: address of this request has no comma before its data.');
  const head = url.slice('data:'.length, comma).toLowerCase();
  const data = url.slice(comma + 1);
  const mediaType = head.slice(0, `${head};`.indexOf(';')).trim() || 'text/plain';
  if (head.endsWith(';base64')) return { kind: 'data', mediaType, base64: data };
  try {
    return { kind: 'data', mediaType, base64: Buffer.from(decodeURIComponent(data)).toString('base64') };
  } catch {
    throw refused('A data: address of this request is neither base64 nor percent-encoded.');
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
  if (headOf(base64).length === 0) throw refused(`${NAMES[kind]} of this request is empty.`);
  const real = sniffMediaType(headOf(base64));
  const fits = real !== undefined && isKind(real, kind);
  const mediaType = fits ? real : source.mediaType;
  if (kind === 'image' && fits && !imageTypes.includes(mediaType)) {
    throw refused(
      `An image of this request is ${mediaType}, which this model does not take; it takes ${listed(imageTypes)}.`,
    );
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
  const found = base64 === '' ? 'nothing' : (real ?? (declared === '' ? 'something else' : declared));
  throw refused(`${NAMES[kind]} could not be used: ${host} sent ${found}. Allowed are ${listed(allowed)}.`);
}

/** A file may turn out to be an image. What a sound is only its client knows. */
function isKind(mediaType: string, kind: MediaPart['kind']): boolean {
  const image = mediaType.startsWith('image/');
  return kind === 'image' ? image : kind === 'file' && (image || mediaType === 'application/pdf');
}

const NAMES = { image: 'An image', file: 'A file', audio: 'A sound' } as const;
const SOUNDS = ['audio/wav', 'audio/mpeg'];
const refused = (sentence: string): GatewayError => new GatewayError('media_refused', sentence);
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
