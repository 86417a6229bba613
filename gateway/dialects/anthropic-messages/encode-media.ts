/** Writes images and documents. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { FilePart, ImagePart, MediaSource } from '../../core/canonical/parts.ts';
import type { Warn } from '../../core/canonical/request.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Block } from './encode-parts.ts';

const IMAGES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'];
const PDF = 'application/pdf';
/** Files that are words, whatever their type says. */
const WORDS = /^text\/|^application\/(?:[a-z.+-]*(?:json|xml|yaml|javascript|typescript|sql|toml|csv))$/;
/** Ids of Anthropic's own files; those of other providers lead nowhere. */
const OWN_FILE = /^file_/;

/** `Image/PNG; charset=x` is `image/png`. */
const plainType = (mediaType: string): string => mediaType.split(';')[0]?.trim().toLowerCase() ?? '';

export function encodeImage(
  { source, detail = 'auto' }: Pick<ImagePart, 'source' | 'detail'>,
  warn: Warn,
): readonly Block[] {
  if (detail !== 'auto') warn(remark('anthropic-detail'));
  if (source.kind === 'data') {
    const type = plainType(source.mediaType).replace('image/jpg', 'image/jpeg');
    if (IMAGES.includes(type)) return [{ type: 'image', source: inline(type, source.base64) }];
    warn(remark('anthropic-image-type', { type: type.slice(0, 60) }));
    return [];
  }
  const written = elsewhere(source, warn);
  return written === null ? [] : [{ type: 'image', source: written }];
}

export function encodeFile({ source, name }: FilePart, warn: Warn): readonly Block[] {
  const type = plainType(source.mediaType);
  if (type.startsWith('image/')) return encodeImage({ source }, warn);
  const title = name === undefined || name === '' ? {} : { title: name };
  if (source.kind !== 'data') {
    const written = elsewhere(source, warn);
    return written === null ? [] : [{ type: 'document', source: written, ...title }];
  }
  if (type === PDF) return [{ type: 'document', source: inline(PDF, source.base64), ...title }];
  if (WORDS.test(type)) {
    const data = Buffer.from(source.base64, 'base64').toString('utf8');
    if (data.trim() === '') return [];
    return [{ type: 'document', source: { type: 'text', media_type: 'text/plain', data }, ...title }];
  }
  warn(remark('anthropic-file-type', { type: type.slice(0, 60) }));
  return [];
}

const inline = (mediaType: string, data: string): JsonObject => ({
  type: 'base64',
  media_type: mediaType,
  data,
});

function elsewhere(source: Exclude<MediaSource, { kind: 'data' }>, warn: Warn): JsonObject | null {
  if (source.kind === 'url') return { type: 'url', url: source.url };
  if (OWN_FILE.test(source.id)) return { type: 'file', file_id: source.id };
  warn(remark('upload-elsewhere'));
  return null;
}
