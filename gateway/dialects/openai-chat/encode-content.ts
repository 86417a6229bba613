/** Parts of a user's turn as this dialect writes them. */
import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { AudioPart, FilePart, ImagePart, TextPart } from '../../core/canonical/parts.ts';
import type { Warn } from '../../core/canonical/request.ts';
import type { Target } from '../../core/dialect.ts';
import type { JsonObject } from '../../core/json.ts';
import { urlOf } from './media-url.ts';
import { isOpenAi, isOpenRouter } from './model-rules.ts';

export type ContentPart = TextPart | ImagePart | FilePart | AudioPart;

/** Types of images OpenAI reads; others are refused by it, and known to some other servers. */
const IMAGES: readonly string[] = ['image/png', 'image/jpeg', 'image/jpg', 'image/gif', 'image/webp'];
const DETAILS: readonly unknown[] = ['auto', 'low', 'high', 'original'];
/** Files that are texts, which every model reads as such. */
const TEXTUAL = /^text\/|[/+](?:json|xml|yaml|x-yaml|javascript|typescript|csv|markdown|toml)$/;
/** Servers with parts for files, besides those whose models are known to read files. */
const FILE_READERS: readonly string[] = ['openai', 'azure-openai', 'openrouter', 'custom'];

/** A plain text where nothing else is in it, which even the simplest servers take. */
export function encodeContent(
  parts: readonly ContentPart[],
  target: Target,
  warn: Warn,
): string | readonly JsonObject[] {
  const encoded = parts.map((part) => encodePart(part, target, warn));
  const [only, ...others] = encoded;
  if (only === undefined) return '';
  const { text, cache_control: cache } = only;
  return others.length === 0 && typeof text === 'string' && cache === undefined ? text : encoded;
}

function encodePart(part: ContentPart, target: Target, warn: Warn): JsonObject {
  switch (part.kind) {
    case 'text':
      return { type: 'text', text: part.text, ...cacheControl(part, target) };
    case 'image':
      return encodeImage(part, target, warn);
    case 'file':
      return { ...encodeFile(part, target, warn), ...cacheControl(part, target) };
    case 'audio':
      return encodeAudio(part, target, warn);
  }
}

/** OpenRouter hands it on to Anthropic; the others cache by themselves, so that nothing is lost there. */
export function cacheControl(
  { cache }: Pick<TextPart, 'cache'>,
  target: Target,
): { readonly cache_control?: JsonObject } {
  if (cache === undefined || !isOpenRouter(target)) return {};
  return { cache_control: { type: 'ephemeral', ...(cache.ttl === null ? {} : { ttl: cache.ttl }) } };
}

/** The model is told that something is missing, and so is the reader of the log. */
function missing(what: string, why: Told, warn: Warn): JsonObject {
  warn(why);
  return { type: 'text', text: `[${what} that could not be passed on]` };
}

function encodeImage({ source, detail, cache }: ImagePart, target: Target, warn: Warn): JsonObject {
  if (source.kind === 'uploaded') return missing('An image', remark('image-upload'), warn);
  if (source.kind === 'data' && isOpenAi(target) && !IMAGES.includes(source.mediaType)) {
    return missing('An image', remark('image-unread', { type: source.mediaType }), warn);
  }
  const how = DETAILS.includes(detail) ? { detail } : {};
  const mark = cache === undefined ? {} : cacheControl({ cache }, target);
  return { type: 'image_url', image_url: { url: urlOf(source), ...how }, ...mark };
}

function encodeFile({ source, name }: FilePart, target: Target, warn: Warn): JsonObject {
  const title = name ?? 'file';
  const gone = (why: Told): JsonObject => missing(`The file ${title}`, why, warn);
  if (source.kind === 'data' && TEXTUAL.test(source.mediaType)) {
    const text = Buffer.from(source.base64, 'base64').toString('utf8');
    return { type: 'text', text: `File ${title}:\n${text}` };
  }
  if (source.kind === 'data' && source.mediaType.startsWith('video/')) {
    return missing('A video', remark('video-no-part'), warn);
  }
  const reads =
    FILE_READERS.includes(target.provider) || target.facts.capabilities?.includes('files') === true;
  if (!reads) {
    return gone(remark('file-beyond-provider', { file: title, provider: target.name }));
  }
  if (source.kind === 'uploaded') {
    return isOpenAi(target)
      ? { type: 'file', file: { file_id: source.id } }
      : gone(remark('file-upload', { file: title }));
  }
  if (source.kind === 'url' && !isOpenRouter(target)) {
    return gone(remark('file-by-address', { file: title }));
  }
  return { type: 'file', file: { filename: title, file_data: urlOf(source) } };
}

function encodeAudio({ source }: AudioPart, target: Target, warn: Warn): JsonObject {
  const { capabilities } = target.facts;
  if (source.kind !== 'data') return missing('A sound', remark('sound-not-inline'), warn);
  if (Array.isArray(capabilities) && !capabilities.includes('audio')) {
    return missing('A sound', remark('sound-unheard', { model: target.model }), warn);
  }
  const subtype = source.mediaType.split('/')[1] ?? 'wav';
  const format = subtype === 'mpeg' ? 'mp3' : subtype.replace(/^x-/, '');
  return { type: 'input_audio', input_audio: { data: source.base64, format } };
}
