/**
 * Blocks of Anthropic in the content of messages. For Claude's models Cursor sends calls, their results and images in
 * this form to the path of chat. Results hold content again and are read where messages are.
 */
import type { ImagePart, MediaSource, ToolCallPart } from '../../core/canonical/parts.ts';
import { isObject, type JsonObject } from '../../core/json.ts';
import { below, objectOf, readObject, readString, type Path } from '../../core/json-read.ts';
import { cacheOf } from './cache-mark.ts';
import { sourceOf } from './media-url.ts';

/** A part of an assistant's message that is a call; any other is left to the dialect's own reading. */
export function isToolUse(part: unknown): part is JsonObject {
  return isObject(part) && part['type'] === 'tool_use';
}

/** A part of a user's message that is the result of a call. */
export function isToolResult(part: unknown): part is JsonObject {
  return isObject(part) && part['type'] === 'tool_result';
}

export function readToolUse(block: JsonObject, path: Path): ToolCallPart {
  return {
    kind: 'tool-call',
    id: readString(block['id'], below(path, 'id')),
    name: readString(block['name'], below(path, 'name')),
    input: JSON.stringify(objectOf(block, 'input', path) ?? {}),
    custom: false,
    ...cacheOf(block),
  };
}

/** @returns null where the source is of a kind that is not known */
export function readImageBlock(block: JsonObject, path: Path): ImagePart | null {
  const at = below(path, 'source');
  const source = readSource(readObject(block['source'], at), at);
  return source === null ? null : { kind: 'image', source, ...cacheOf(block) };
}

function readSource(source: JsonObject, path: Path): MediaSource | null {
  const read = (name: string): string => readString(source[name], below(path, name));
  switch (source['type']) {
    case 'base64':
      return { kind: 'data', mediaType: read('media_type'), base64: read('data') };
    case 'url':
      return sourceOf(read('url'));
    case 'file':
      return { kind: 'uploaded', id: read('file_id'), mediaType: '' };
    default:
      return null;
  }
}
