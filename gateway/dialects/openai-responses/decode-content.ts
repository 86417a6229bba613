/** Parts of a message: the dialect's own, and those of OpenAI's chat, which some clients send here as well. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { AudioPart, FilePart, ImagePart, RefusalPart, TextPart } from '../../core/canonical/parts.ts';
import type { Warn } from '../../core/canonical/request.ts';
import {
  below,
  objectOf,
  readArray,
  readObject,
  readString,
  stringOf,
  type Path,
} from '../../core/json-read.ts';
import { isObject, type JsonObject } from '../../core/json.ts';
import { sourceOfFileData, sourceOfUrl } from './media.ts';

export type ContentPart = TextPart | ImagePart | FilePart | AudioPart | RefusalPart;

/** A text, or a list of parts. Parts of an unknown kind are left out and told. */
export function readContent(content: unknown, path: Path, warn: Warn): readonly ContentPart[] {
  if (content === undefined || content === null) return [];
  if (typeof content === 'string') return [{ kind: 'text', text: content }];
  return readArray(content, path).flatMap((value, index) => {
    const at = below(path, index);
    return readPart(readObject(value, at), at, warn) ?? [];
  });
}

function readPart(part: JsonObject, path: Path, warn: Warn): ContentPart | undefined {
  const type = stringOf(part, 'type', path) ?? '';
  switch (type) {
    case 'input_text':
    case 'output_text':
    case 'summary_text':
    case 'text':
      return { kind: 'text', text: readString(part['text'], below(path, 'text')) };
    case 'refusal':
      return { kind: 'refusal', text: readString(part['refusal'], below(path, 'refusal')) };
    case 'input_image':
    case 'image_url':
      return readImage(part, path, warn);
    case 'input_file':
      return readFile(part, path, warn);
    case 'file':
      return readFile(objectOf(part, 'file', path) ?? {}, below(path, 'file'), warn);
    case 'input_audio':
      return readAudio(part, path);
    default:
      warn(remark('input-part-unknown', { type: type.slice(0, 60) }));
      return undefined;
  }
}

/** `image_url` is the address itself; in OpenAI's chat it is an object with the address in it. */
function readImage(part: JsonObject, path: Path, warn: Warn): ImagePart | undefined {
  const nested = isObject(part['image_url']) ? part['image_url'] : undefined;
  const url =
    nested === undefined
      ? stringOf(part, 'image_url', path)
      : stringOf(nested, 'url', below(path, 'image_url'));
  const detail = stringOf(nested ?? part, 'detail', path);
  const more = detail === null ? {} : { detail };
  if (url !== null) return { kind: 'image', source: sourceOfUrl(url), ...more };
  const id = stringOf(part, 'file_id', path);
  if (id !== null) return { kind: 'image', source: { kind: 'uploaded', id, mediaType: '' }, ...more };
  warn(remark('image-nowhere'));
  return undefined;
}

function readFile(part: JsonObject, path: Path, warn: Warn): FilePart | undefined {
  const name = stringOf(part, 'filename', path);
  const more = name === null ? {} : { name };
  const data = stringOf(part, 'file_data', path);
  if (data !== null) return { kind: 'file', source: sourceOfFileData(data, name ?? ''), ...more };
  const url = stringOf(part, 'file_url', path);
  if (url !== null) return { kind: 'file', source: sourceOfUrl(url), ...more };
  const id = stringOf(part, 'file_id', path);
  if (id !== null) return { kind: 'file', source: { kind: 'uploaded', id, mediaType: '' }, ...more };
  warn(remark('file-nowhere'));
  return undefined;
}

function readAudio(part: JsonObject, path: Path): AudioPart {
  const at = below(path, 'input_audio');
  const audio = readObject(part['input_audio'], at);
  const format = stringOf(audio, 'format', at) ?? 'wav';
  const mediaType = format === 'mp3' ? 'audio/mpeg' : `audio/${format}`;
  return {
    kind: 'audio',
    source: { kind: 'data', mediaType, base64: readString(audio['data'], below(at, 'data')) },
  };
}

export const isText = (part: ContentPart): part is TextPart => part.kind === 'text';
