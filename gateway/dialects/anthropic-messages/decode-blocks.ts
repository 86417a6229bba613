/** Reads the blocks of messages into parts. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { AssistantPart, FilePart, ImagePart, TextPart, UserPart } from '../../core/canonical/parts.ts';
import type { Warn } from '../../core/canonical/request.ts';
import { unwrapSignature, type Signature } from '../../core/canonical/signature.ts';
import { isArray, type JsonObject } from '../../core/json.ts';
import {
  below,
  booleanOf,
  objectOf,
  readObject,
  readString,
  stringOf,
  type Path,
} from '../../core/json-read.ts';
import { readCacheMark } from './cache-marks.ts';
import { readDocument, readImage, readSearchResult } from './decode-media.ts';

/** What both a message of the user and the result of a tool may hold. */
type ContentPart = TextPart | ImagePart | FilePart;

/** @param names the name of a called tool by the id of the call; empty where there was no such call */
export function readUserBlock(
  block: JsonObject,
  path: Path,
  names: (id: string) => string,
  warn: Warn,
): readonly UserPart[] {
  if (block['type'] !== 'tool_result') return readContentBlock(block, path, warn);
  const id = readString(block['tool_use_id'], below(path, 'tool_use_id'));
  return [
    {
      kind: 'tool-result',
      id,
      name: names(id),
      content: readResult(block['content'] ?? null, below(path, 'content'), warn),
      failed: booleanOf(block, 'is_error', path) ?? false,
      custom: false,
      ...readCacheMark(block, path),
    },
  ];
}

function readResult(content: unknown, path: Path, warn: Warn): readonly ContentPart[] {
  if (content === null || content === '') return [];
  if (!isArray(content)) return [{ kind: 'text', text: readString(content, path) }];
  return content.flatMap((block, index) =>
    readContentBlock(readObject(block, below(path, index)), below(path, index), warn),
  );
}

function readContentBlock(block: JsonObject, path: Path, warn: Warn): readonly ContentPart[] {
  switch (block['type']) {
    case 'text':
      return readText(block, path);
    case 'image':
      return readImage(block, path, warn);
    case 'document':
      return readDocument(block, path, warn);
    case 'search_result':
      return readSearchResult(block, path);
    default:
      return leaveOut(block, path, warn);
  }
}

export function readAssistantBlock(block: JsonObject, path: Path, warn: Warn): readonly AssistantPart[] {
  switch (block['type']) {
    case 'text':
      return readText(block, path);
    case 'thinking':
      return readThought(block, path);
    case 'redacted_thinking': {
      const data = readString(block['data'], below(path, 'data'));
      return [{ kind: 'reasoning', text: '', signature: readSignature('anthropic-redacted', data) }];
    }
    case 'tool_use':
      return [
        {
          kind: 'tool-call',
          id: readString(block['id'], below(path, 'id')),
          name: readString(block['name'], below(path, 'name')),
          input: JSON.stringify(objectOf(block, 'input', path) ?? {}),
          custom: false,
          ...readCacheMark(block, path),
        },
      ];
    default:
      return leaveOut(block, path, warn);
  }
}

/** Clients send back what streams left empty, which says nothing to anybody. */
function readText(block: JsonObject, path: Path): readonly TextPart[] {
  const text = readString(block['text'], below(path, 'text'));
  return text === '' ? [] : [{ kind: 'text', text, ...readCacheMark(block, path) }];
}

function readThought(block: JsonObject, path: Path): readonly AssistantPart[] {
  const text = stringOf(block, 'thinking', path) ?? '';
  const signature = readSignature('anthropic', stringOf(block, 'signature', path) ?? '');
  return text === '' && signature === null ? [] : [{ kind: 'reasoning', text, signature }];
}

/** One that the gateway wrapped comes back as what it was. */
function readSignature(format: 'anthropic' | 'anthropic-redacted', value: string): Signature | null {
  if (value === '') return null;
  return unwrapSignature(value) ?? { format, value, id: null, origin: null };
}

/** Blocks of tools that Anthropic itself runs, and whatever is newer than this file. */
function leaveOut(block: JsonObject, path: Path, warn: Warn): readonly [] {
  const type = readString(block['type'], below(path, 'type'));
  warn(remark('blocks-foreign', { type: type.slice(0, 60) }));
  return [];
}
