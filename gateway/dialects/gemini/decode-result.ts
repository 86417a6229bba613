/** What a tool gave back: an object by convention `{output}` or `{error}`, and media beside it. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { FilePart, ImagePart, TextPart, ToolResultPart } from '../../core/canonical/parts.ts';
import type { Warn } from '../../core/canonical/request.ts';
import { arrayOf, below, objectOf, readObject, stringOf, type Path } from '../../core/json-read.ts';
import type { JsonObject } from '../../core/json.ts';
import type { CallIds } from './call-ids.ts';
import { decodeMedia } from './decode-media.ts';

/** Members that alone stand for the whole of what the tool said. */
const SAID: readonly string[] = ['output', 'result', 'error'];

export function decodeResult(response: JsonObject, path: Path, ids: CallIds, warn: Warn): ToolResultPart {
  const written = stringOf(response, 'name', path) ?? '';
  const { id, name } = ids.result(written, stringOf(response, 'id', path) ?? '');
  const { text, failed } = readSaid(objectOf(response, 'response', path) ?? {});
  const said: readonly TextPart[] = text === '' ? [] : [{ kind: 'text', text }];
  const media = decodeParts(response, path, warn);
  return { kind: 'tool-result', id, name, content: [...said, ...media], failed, custom: false };
}

/** Everything but a lone text or value is passed on as JSON. */
function readSaid(response: JsonObject): { readonly text: string; readonly failed: boolean } {
  const members = Object.entries(response).filter(([, value]) => value !== undefined && value !== null);
  const [only] = members;
  if (only === undefined) return { text: '', failed: false };
  const failed =
    members.some(([name, value]) => name === 'error' && says(value)) &&
    !members.some(([name]) => name === 'output');
  if (members.length > 1 || !SAID.includes(only[0])) return { text: JSON.stringify(response), failed };
  const [, value] = only;
  return { text: typeof value === 'string' ? value : JSON.stringify(value), failed };
}

/** Many tools always have the member, and leave it empty where nothing went wrong. */
function says(error: unknown): boolean {
  if (typeof error === 'object' && error !== null) return Object.keys(error).length > 0;
  return Boolean(error);
}

function decodeParts(response: JsonObject, path: Path, warn: Warn): readonly (ImagePart | FilePart)[] {
  const parts = arrayOf(response, 'parts', path) ?? [];
  return parts.flatMap((value, index): readonly (ImagePart | FilePart)[] => {
    const at = below(below(path, 'parts'), index);
    const media = decodeMedia(readObject(value, at), at);
    if (media !== null && media.kind !== 'audio') return [media];
    warn(remark('result-parts'));
    return [];
  });
}
