/** Whether a request brings pictures or files, found out without reading it: only where formats have some. Pure. */
import { holdsAny } from '../core/holds-any.ts';
import { isObject, parseJson, type JsonObject } from '../core/json.ts';
import type { ByteRange, ScannedBody } from '../core/scan-body.ts';

/** What the names below have in them, each in a form that is quickly found missing: most requests hold no picture. */
const HINTS = ['_image', '"image', 'Data"', '_data"'];
/** The same where the member that holds the conversation tells whose format it is. */
const CHAT_HINTS = ['"image', '_data"'];
const GEMINI_HINTS = ['Data"', '_data"'];
/** The kind of a part that is one, or the member that carries one. An argument of a tool may be called `image`. */
const IMAGE =
  /:\s*"(?:image_url|input_image|image)"|"images"\s*:\s*\[\s*"|"(?:image_url|inlineData|inline_data|fileData|file_data)"\s*:/;
/** Of calls that are no chat: members of JSON, and parts of a form. */
const IMAGE_OF_CALL = /"(?:image|images|image_url|input_image)"\s*[:,\]}]|name="image(?:\[\])?"/;
/** Of the top level, what may bring some beside the conversation. Schemas of answers and tools only name things. */
const CARRIERS = ['images', 'prompt', 'systemInstruction', 'system_instruction', 'contents'];

/** @param members null where the body is no chat */
export function holdsImages(members: ScannedBody['members'] | null, bytes: Uint8Array): boolean {
  if (members === null) return holdsImage(bytes, HINTS, IMAGE_OF_CALL);
  const { messages, input, contents, tools, functions } = members;
  const hints = hintsFor(members);
  const conversation = [messages, input, contents].flatMap((range) => range ?? []);
  if (conversation.some(({ start, end }) => holdsImage(bytes.subarray(start, end), hints, IMAGE)))
    return true;
  const rest = without([...conversation, ...[tools, functions].flatMap((range) => range ?? [])], bytes);
  return rest.some((part) => holdsImage(part, HINTS, IMAGE)) && carries(rest);
}

/** Only one part in thousands is looked at so closely. @param rest of a JSON object, with values left out */
function carries(rest: readonly Uint8Array[]): boolean {
  const text = rest.map((part) => textOf(part).toString('latin1')).join('null');
  const body = parseJson(text.slice(text.indexOf('{')));
  if (!isObject(body)) return false;
  const counted = body['generateContentRequest'];
  return [body, ...(isObject(counted) ? [counted] : [])].some((request) =>
    IMAGE.test(JSON.stringify(carriersOf(request))),
  );
}

const carriersOf = (request: JsonObject): JsonObject =>
  Object.fromEntries(CARRIERS.map((name) => [name, request[name]]));

function hintsFor({ messages, input, contents }: ScannedBody['members']): readonly string[] {
  if (input !== undefined) return HINTS;
  if (messages !== undefined) return contents === undefined ? CHAT_HINTS : HINTS;
  return contents === undefined ? HINTS : GEMINI_HINTS;
}

function without(ranges: readonly ByteRange[], bytes: Uint8Array): readonly Uint8Array[] {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const { start, end } of ranges.toSorted((left, right) => left.start - right.start)) {
    parts.push(bytes.subarray(at, start));
    at = end;
  }
  return [...parts, bytes.subarray(at)];
}

const holdsImage = (bytes: Uint8Array, hints: readonly string[], image: RegExp): boolean =>
  holdsAny(bytes, hints) && image.test(textOf(bytes).toString('latin1'));

const textOf = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
