/** Images, sounds and files of a client: inline data, uploads of Google's, addresses. */
import type { AudioPart, FilePart, ImagePart, MediaSource } from '../../core/canonical/parts.ts';
import { below, readObject, stringOf, type Path } from '../../core/json-read.ts';
import type { JsonObject } from '../../core/json.ts';
import { spelt } from './fields.ts';

/** Where files uploaded to Google lie; nobody else can read them. */
const UPLOADED = /^(?:gs:|files\/|https:\/\/generativelanguage\.googleapis\.com\/)/;

export const isUploaded = (uri: string): boolean => UPLOADED.test(uri);

/** The media of a part; null where it holds none. */
export function decodeMedia(part: JsonObject, path: Path): ImagePart | FilePart | AudioPart | null {
  const inline = spelt(part, 'inlineData');
  if (part[inline] !== undefined) {
    const at = below(path, inline);
    const blob = readObject(part[inline], at);
    const mediaType = stringOf(blob, spelt(blob, 'mimeType'), at) ?? '';
    const base64 = standardBase64(stringOf(blob, 'data', at) ?? '');
    return mediaPart({ kind: 'data', mediaType, base64 }, stringOf(blob, spelt(blob, 'displayName'), at));
  }
  const file = spelt(part, 'fileData');
  if (part[file] === undefined) return null;
  const at = below(path, file);
  const data = readObject(part[file], at);
  const mediaType = stringOf(data, spelt(data, 'mimeType'), at) ?? '';
  const uri = stringOf(data, spelt(data, 'fileUri'), at) ?? '';
  const source: MediaSource = isUploaded(uri)
    ? { kind: 'uploaded', id: uri, mediaType }
    : { kind: 'url', url: uri, mediaType };
  return mediaPart(source, stringOf(data, spelt(data, 'displayName'), at));
}

export function mediaPart(source: MediaSource, name: string | null): ImagePart | FilePart | AudioPart {
  const kind = source.mediaType.split('/')[0];
  if (kind === 'image') return { kind: 'image', source };
  if (kind === 'audio') return { kind: 'audio', source };
  return { kind: 'file', source, ...(name === null ? {} : { name }) };
}

/** Python's clients write the alphabet that is safe in addresses. */
const standardBase64 = (text: string): string =>
  /[-_]/.test(text) ? text.replaceAll('-', '+').replaceAll('_', '/') : text;
