/** Images and files as parts of an item. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { AudioPart, FilePart, ImagePart, MediaSource } from '../../core/canonical/parts.ts';
import type { Warn } from '../../core/canonical/request.ts';
import type { JsonObject } from '../../core/json.ts';
import { dataUrl, nameOfType } from './media.ts';

/** @returns nothing where this dialect has no place for it, which is told */
export function writeMedia(part: ImagePart | FilePart | AudioPart, warn: Warn): readonly JsonObject[] {
  if (part.kind === 'audio') {
    warn(remark('responses-audio'));
    return [];
  }
  if (!isUsable(part.source)) {
    warn(remark('upload-unreadable'));
    return [];
  }
  if (part.source.kind === 'data' && part.source.mediaType.startsWith('video/')) {
    warn(remark('responses-video'));
    return [];
  }
  return [part.kind === 'image' ? writeImage(part, part.source) : writeFile(part, part.source)];
}

/** Ids of OpenAI's own files begin so; those of Anthropic with `file_`, Gemini's are addresses. */
const isUsable = (source: MediaSource): boolean =>
  source.kind !== 'uploaded' || /^(?:file-|assistant-)/.test(source.id);

function writeImage({ detail }: ImagePart, source: MediaSource): JsonObject {
  const more = detail === undefined ? {} : { detail };
  if (source.kind === 'uploaded') return { type: 'input_image', file_id: source.id, ...more };
  return { type: 'input_image', image_url: addressOf(source), ...more };
}

function writeFile({ name }: FilePart, source: MediaSource): JsonObject {
  if (source.kind === 'uploaded') return { type: 'input_file', file_id: source.id };
  // A name beside an address is refused by some servers, and says nothing.
  if (source.kind === 'url') return { type: 'input_file', file_url: source.url };
  const { mediaType, base64 } = source;
  if (mediaType.startsWith('text/')) {
    // Not every server reads text files; as text it is understood everywhere.
    const text = Buffer.from(base64, 'base64').toString('utf8');
    return { type: 'input_text', text: name === undefined ? text : `${name}:\n\n${text}` };
  }
  return { type: 'input_file', filename: name ?? nameOfType(mediaType), file_data: addressOf(source) };
}

const addressOf = (source: Exclude<MediaSource, { kind: 'uploaded' }>): string =>
  source.kind === 'url' ? source.url : dataUrl(source.mediaType, source.base64);
