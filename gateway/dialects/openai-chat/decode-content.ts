/** Content of messages: a text, or a list of parts. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { AudioPart, CacheMark, FilePart, ImagePart, TextPart } from '../../core/canonical/parts.ts';
import type { Warn } from '../../core/canonical/request.ts';
import type { JsonObject } from '../../core/json.ts';
import {
  below,
  objectOf,
  readArray,
  readObject,
  readString,
  stringOf,
  type Path,
} from '../../core/json-read.ts';
import { readImageBlock } from './anthropic-blocks.ts';
import { cacheOf } from './cache-mark.ts';
import { sourceOf } from './media-url.ts';

export type ContentPart = TextPart | ImagePart | FilePart | AudioPart;

/** Names of text parts: the dialect's own, and those of Responses, which Cursor sends here too. */
const TEXTS: readonly unknown[] = ['text', 'input_text', 'output_text'];

/** Empty texts say nothing, and some targets refuse them. */
export function decodeContent(content: unknown, path: Path, warn: Warn): readonly ContentPart[] {
  if (content === undefined || content === null || content === '') return [];
  if (typeof content === 'string') return [{ kind: 'text', text: content }];
  return readArray(content, path).flatMap((part, index) => decodePart(part, below(path, index), warn));
}

/** The same where only text is possible. */
export function decodeTexts(content: unknown, path: Path, warn: Warn): readonly TextPart[] {
  return decodeContent(content, path, warn).filter((part): part is TextPart => {
    if (part.kind !== 'text') warn(remark(`${part.kind}-there`, { path }));
    return part.kind === 'text';
  });
}

/** One of a list: none where it says nothing or is not known, which is told. */
export function decodePart(value: unknown, path: Path, warn: Warn): readonly ContentPart[] {
  if (typeof value === 'string') return textPart(value, {});
  const part = readObject(value, path);
  const type = readString(part['type'], below(path, 'type'));
  if (TEXTS.includes(type)) return textPart(readString(part['text'], below(path, 'text')), cacheOf(part));
  switch (type) {
    case 'refusal':
      return textPart(readString(part['refusal'], below(path, 'refusal')), {});
    case 'image_url':
    case 'input_image':
      return [imagePart(part, path)];
    case 'file':
    case 'input_file':
      return [filePart(part, path)];
    case 'input_audio':
      return [
        audioPart(readObject(part['input_audio'], below(path, 'input_audio')), below(path, 'input_audio')),
      ];
    case 'image': {
      const image = readImageBlock(part, path);
      return image === null ? unknown(type, path, warn) : [image];
    }
    default:
      return unknown(type, path, warn);
  }
}

function unknown(type: string, path: Path, warn: Warn): readonly [] {
  warn(remark('part-unknown', { path, type: JSON.stringify(type.slice(0, 60)) }));
  return [];
}

function textPart(text: string, cache: { readonly cache?: CacheMark }): readonly TextPart[] {
  return text === '' ? [] : [{ kind: 'text', text, ...cache }];
}

/** `image_url` is `{url, detail}`, and with some clients the address itself. */
function imagePart(part: JsonObject, path: Path): ImagePart {
  const member = below(path, 'image_url');
  const image = part['image_url'];
  const fileId = stringOf(part, 'file_id', path);
  if ((image === undefined || image === null) && fileId !== null) {
    return { kind: 'image', source: { kind: 'uploaded', id: fileId, mediaType: '' } };
  }
  const inner = typeof image === 'string' ? { url: image } : readObject(image, member);
  const url = readString(inner['url'], typeof image === 'string' ? member : below(member, 'url'));
  const detail = stringOf(inner, 'detail', member) ?? stringOf(part, 'detail', path);
  return {
    kind: 'image',
    source: sourceOf(url),
    ...(detail === null ? {} : { detail }),
    ...cacheOf(part),
  };
}

/** `file_data` is a data URL; bare base64, which some clients send, is taken for a PDF. */
function filePart(part: JsonObject, path: Path): FilePart {
  const nested = objectOf(part, 'file', path);
  const [file, at] = nested === null ? [part, path] : [nested, below(path, 'file')];
  const id = stringOf(file, 'file_id', at);
  const name = stringOf(file, 'filename', at);
  const data = stringOf(file, 'file_data', at) ?? stringOf(file, 'file_url', at);
  const rest = { ...(name === null ? {} : { name }), ...cacheOf(part) };
  if (data === null && id !== null)
    return { kind: 'file', source: { kind: 'uploaded', id, mediaType: '' }, ...rest };
  const text = readString(data, below(at, 'file_data'));
  const source = /^(?:data:|https?:)/i.test(text)
    ? sourceOf(text)
    : ({ kind: 'data', mediaType: 'application/pdf', base64: text } as const);
  return { kind: 'file', source, ...rest };
}

function audioPart(audio: JsonObject, path: Path): AudioPart {
  const base64 = readString(audio['data'], below(path, 'data'));
  const format = stringOf(audio, 'format', path) ?? 'wav';
  const mediaType = format === 'mp3' ? 'audio/mpeg' : `audio/${format}`;
  return { kind: 'audio', source: { kind: 'data', mediaType, base64 } };
}
