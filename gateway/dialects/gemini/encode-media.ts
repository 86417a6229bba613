/** Images, sounds and files for the model. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { AudioPart, FilePart, ImagePart } from '../../core/canonical/parts.ts';
import type { Warn } from '../../core/canonical/request.ts';
import type { JsonObject } from '../../core/json.ts';
import { isUploaded } from './decode-media.ts';

/** What is uploaded elsewhere cannot be read. Addresses are left where the media step could not fetch them. */
export function encodeMedia(part: ImagePart | FilePart | AudioPart, warn: Warn): readonly JsonObject[] {
  const { source } = part;
  if (part.kind === 'image' && (part.detail ?? 'auto') !== 'auto') {
    warn(remark('gemini-detail'));
  }
  if (source.kind === 'data') {
    return [{ inlineData: { mimeType: typeOf(source.mediaType), data: source.base64 } }];
  }
  const fileUri = source.kind === 'url' ? source.url : source.id;
  if (source.kind === 'uploaded' && !isUploaded(fileUri)) {
    warn(remark('gemini-upload', { file: fileUri }));
    return [];
  }
  return [{ fileData: { ...(source.mediaType === '' ? {} : { mimeType: source.mediaType }), fileUri } }];
}

const typeOf = (mediaType: string): string => (mediaType === '' ? 'application/octet-stream' : mediaType);
