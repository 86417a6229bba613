/** One part of a client's content as what it stands for. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { AssistantPart, UserPart } from '../../core/canonical/parts.ts';
import type { Warn } from '../../core/canonical/request.ts';
import { below, objectOf, readObject, stringOf, type Path } from '../../core/json-read.ts';
import type { JsonObject } from '../../core/json.ts';
import type { CallIds } from './call-ids.ts';
import { codeText } from './code-execution.ts';
import { decodeMedia } from './decode-media.ts';
import { decodeResult } from './decode-result.ts';
import { member, spelt } from './fields.ts';
import { readSignature } from './signature.ts';

export interface PartReading {
  readonly path: Path;
  readonly ids: CallIds;
  readonly warn: Warn;
}

/** Said of a part's other members; they change nothing elsewhere. */
const SILENT: ReadonlySet<string> = new Set([
  'thought',
  'thoughtSignature',
  'thought_signature',
  'partMetadata',
  'part_metadata',
  'mediaResolution',
  'media_resolution',
]);

/** What anybody may say. */
function decodeShared(part: JsonObject, { path }: PartReading): UserPart | null {
  const text = stringOf(part, 'text', path);
  return text === null ? decodeMedia(part, path) : { kind: 'text', text };
}

export function decodeUserPart(part: JsonObject, reading: PartReading): UserPart | null {
  const { path, ids, warn } = reading;
  const shared = decodeShared(part, reading);
  if (shared !== null) return shared;
  const response = spelt(part, 'functionResponse');
  if (part[response] !== undefined) {
    const at = below(path, response);
    return decodeResult(readObject(part[response], at), at, ids, warn);
  }
  return unknown(part, warn);
}

/** A signature of another dialect stays on the part; `decode-contents.ts` gives it back to its thoughts. */
export function decodeModelPart(part: JsonObject, reading: PartReading): AssistantPart | null {
  const { path, ids, warn } = reading;
  const signature = readSignature(member(part, 'thoughtSignature'));
  if (part['thought'] === true) {
    return { kind: 'reasoning', text: stringOf(part, 'text', path) ?? '', signature };
  }
  const signed = signature === null ? {} : { signature };
  const name = spelt(part, 'functionCall');
  if (part[name] !== undefined) {
    const at = below(path, name);
    const call = readObject(part[name], at);
    const called = stringOf(call, 'name', at) ?? '';
    const id = ids.call(called, stringOf(call, 'id', at) ?? '');
    const input = JSON.stringify(objectOf(call, 'args', at) ?? {});
    return { kind: 'tool-call', id, name: called, input, custom: false, ...signed };
  }
  const code = codeText(part);
  const shared = code === '' ? decodeShared(part, reading) : { kind: 'text' as const, text: code };
  if (shared === null || shared.kind === 'tool-result') return unknown(part, warn);
  if (shared.kind === 'text') return { ...shared, ...signed };
  if (shared.kind !== 'file') return shared;
  warn(remark('model-files'));
  return null;
}

function unknown(part: JsonObject, warn: Warn): null {
  const names = Object.keys(part).filter((name) => !SILENT.has(name));
  if (names.length > 0) warn(remark('gemini-parts', { names: names.join(', ') }));
  return null;
}
