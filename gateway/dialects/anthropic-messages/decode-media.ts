/** Reads images, documents and search results. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { FilePart, ImagePart, MediaSource, TextPart } from '../../core/canonical/parts.ts';
import type { Warn } from '../../core/canonical/request.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import { arrayOf, below, readObject, readString, stringOf, type Path } from '../../core/json-read.ts';
import { readCacheMark } from './cache-marks.ts';

const PDF = 'application/pdf';
/** `data:image/png;base64,...` where an address was meant. */
const DATA_URL = /^data:([^;,]*);base64,(.*)$/s;

export function readImage(block: JsonObject, path: Path, warn: Warn): readonly ImagePart[] {
  const source = readSource(block, path, '', warn);
  return source === null ? [] : [{ kind: 'image', source, ...readCacheMark(block, path) }];
}

export function readDocument(
  block: JsonObject,
  path: Path,
  warn: Warn,
): readonly (TextPart | ImagePart | FilePart)[] {
  const title = stringOf(block, 'title', path) ?? '';
  const context = stringOf(block, 'context', path) ?? '';
  if (isObject(block['citations']) && block['citations']['enabled'] === true) {
    warn(remark('citations-asked'));
  }
  // What the client says about a document has no place of its own elsewhere.
  const about: readonly TextPart[] = context === '' ? [] : [{ kind: 'text', text: context }];
  const source = readObject(block['source'], below(path, 'source'));
  if (source['type'] === 'content')
    return [...about, ...readPieces(title, source, below(path, 'source'), warn)];
  const read = readSource(block, path, PDF, warn);
  if (read === null) return about;
  const name = title === '' ? {} : { name: title };
  return [...about, { kind: 'file', source: read, ...name, ...readCacheMark(block, path) }];
}

/** A document that the client cut into pieces itself. */
function readPieces(
  title: string,
  source: JsonObject,
  path: Path,
  warn: Warn,
): readonly (TextPart | ImagePart)[] {
  const head: readonly TextPart[] = title === '' ? [] : [{ kind: 'text', text: title }];
  const { content } = source;
  const at = below(path, 'content');
  if (!isArray(content)) return [...head, { kind: 'text', text: readString(content, at) }];
  const pieces = content.flatMap((value, index): readonly (TextPart | ImagePart)[] => {
    const here = below(at, index);
    const piece = readObject(value, here);
    if (piece['type'] === 'image') return readImage(piece, here, warn);
    return [{ kind: 'text', text: readString(piece['text'], below(here, 'text')) }];
  });
  return [...head, ...pieces];
}

/** Title, address and words, as one text. */
export function readSearchResult(block: JsonObject, path: Path): readonly TextPart[] {
  const at = below(path, 'content');
  const words = (arrayOf(block, 'content', path) ?? []).map((value, index) => {
    const here = below(at, index);
    return readString(readObject(value, here)['text'], below(here, 'text'));
  });
  const head = [stringOf(block, 'title', path) ?? '', stringOf(block, 'source', path) ?? ''].filter(Boolean);
  const text = [head.join('\n'), ...words].filter(Boolean).join('\n\n');
  return text === '' ? [] : [{ kind: 'text', text, ...readCacheMark(block, path) }];
}

/** @param mediaType of what an address leads to, where the dialect allows only one */
function readSource(block: JsonObject, path: Path, mediaType: string, warn: Warn): MediaSource | null {
  const at = below(path, 'source');
  const source = readObject(block['source'], at);
  const read = (name: string): string => readString(source[name], below(at, name));
  switch (source['type']) {
    case 'base64':
      return { kind: 'data', mediaType: read('media_type'), base64: read('data') };
    case 'text':
      return {
        kind: 'data',
        mediaType: stringOf(source, 'media_type', at) ?? 'text/plain',
        base64: Buffer.from(read('data')).toString('base64'),
      };
    case 'url': {
      const url = read('url');
      const inline = DATA_URL.exec(url);
      return inline === null
        ? { kind: 'url', url, mediaType }
        : { kind: 'data', mediaType: inline[1] ?? '', base64: inline[2] ?? '' };
    }
    case 'file':
      return { kind: 'uploaded', id: read('file_id'), mediaType: '' };
    default:
      warn(remark('source-unknown', { type: read('type').slice(0, 60) }));
      return null;
  }
}
