/** Gemini's rules about contents: one field per part, calls and responses in step, signatures on calls. */
import { isObject, type JsonObject } from '../../../core/json.ts';
import type { Memory } from '../memory.ts';
import { listIn, objectIn, objectsIn, textIn } from '../read-members.ts';
import { badRequest, refuseUnknown } from './refuse.ts';

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  inlineData: ['mimeType', 'data', 'displayName'],
  fileData: ['mimeType', 'fileUri', 'displayName'],
  functionCall: ['id', 'name', 'args'],
  functionResponse: ['id', 'name', 'response', 'parts'],
  executableCode: ['language', 'code', 'id'],
  codeExecutionResult: ['outcome', 'output', 'id'],
};
const FLAGS = ['thought', 'thoughtSignature', 'videoMetadata', 'mediaResolution', 'partMetadata'];
/** Stands in for signatures of another model's history. */
const PLACEHOLDERS = ['skip_thought_signature_validator', 'context_engineering_is_the_way_to_go'];

export function checkContents(contents: readonly JsonObject[], memory: Memory): void {
  for (const [index, content] of contents.entries()) {
    const at = `contents[${index}]`;
    refuseUnknown(content, ['role', 'parts'], at);
    const role = content['role'] ?? 'user';
    if (role !== 'user' && role !== 'model') badRequest('Please use a valid role: user, model.');
    const parts = objectsIn(content, 'parts');
    if (parts.length === 0 || parts.length !== listIn(content, 'parts').length) {
      badRequest(`* GenerateContentRequest.${at}.parts: contents.parts must not be empty.\n`);
    }
    for (const [place, part] of parts.entries()) checkPart(part, `${at}.parts[${place}]`, memory);
    checkStep(content, contents[index - 1], contents[index + 1]);
  }
  checkSignatures(contents);
}

function checkPart(part: JsonObject, at: string, memory: Memory): void {
  refuseUnknown(part, ['text', ...Object.keys(FIELDS), ...FLAGS], at);
  const data = Object.keys(part).filter((name) => name === 'text' || Object.hasOwn(FIELDS, name));
  if (data.length !== 1)
    badRequest(
      `* GenerateContentRequest.${at}.data: required oneof field 'data' must have one initialized field\n`,
    );
  const [field = ''] = data;
  const value = part[field];
  if (field === 'text') {
    if (typeof value !== 'string') badRequest(`Invalid value at '${at}.text' (TYPE_STRING)`);
  } else {
    if (!isObject(value)) badRequest(`Invalid value at '${at}.${field}' (TYPE_MESSAGE)`);
    refuseUnknown(value, FIELDS[field] ?? [], `${at}.${field}`);
    if (field === 'functionCall' || field === 'functionResponse') {
      if (!/^[A-Za-z_][A-Za-z0-9_.:-]{0,127}$/.test(textIn(value, 'name') ?? '')) {
        badRequest(
          `* GenerateContentRequest.${at}.${field}.name: Invalid function name. Must start with a letter or an underscore.\n`,
        );
      }
      const inner = field === 'functionCall' ? 'args' : 'response';
      if (value[inner] !== undefined && !isObject(value[inner]))
        badRequest(`Invalid value at '${at}.${field}.${inner}' (type.googleapis.com/google.protobuf.Struct)`);
      if (field === 'functionResponse' && value['response'] === undefined)
        badRequest(`* GenerateContentRequest.${at}.function_response.response: required.\n`);
    }
    if (field === 'inlineData' && !/^[A-Za-z0-9+/_-]+=*$/.test(textIn(value, 'data') ?? ''))
      badRequest(`Invalid value at '${at}.inline_data.data' (TYPE_BYTES), Base64 decoding failed`);
    if (field === 'inlineData' && textIn(value, 'mimeType') === null)
      badRequest(`* GenerateContentRequest.${at}.inline_data.mime_type: required.\n`);
    if (field === 'fileData' && !/^(https:|gs:)/.test(textIn(value, 'fileUri') ?? ''))
      badRequest('Cannot fetch content from the provided URL.');
  }
  const signature = part['thoughtSignature'];
  if (signature === undefined) return;
  if (typeof signature !== 'string' || !/^[A-Za-z0-9+/_-]+=*$/.test(signature)) {
    badRequest(`Invalid value at '${at}.thought_signature' (TYPE_BYTES), Base64 decoding failed `);
  }
  if (isPlaceholder(signature)) return;
  const made = memory.signed(signature);
  if (made === undefined || made.where !== whereOf(part)) badRequest('Thought signature is not valid.');
}

const isPlaceholder = (signature: string): boolean =>
  PLACEHOLDERS.includes(signature) || PLACEHOLDERS.includes(Buffer.from(signature, 'base64').toString());

/** What a signature is bound to: the call, or the text it stands on. */
export function whereOf(part: JsonObject): string {
  const call = objectIn(part, 'functionCall');
  return call === null ? 'text' : `${textIn(call, 'name')} ${JSON.stringify(call['args'] ?? {})}`;
}

const callsIn = (content: JsonObject | undefined): readonly JsonObject[] =>
  objectsIn(content ?? {}, 'parts')
    .map((part) => objectIn(part, 'functionCall'))
    .filter((call) => call !== null);
const responsesIn = (content: JsonObject | undefined): readonly JsonObject[] =>
  objectsIn(content ?? {}, 'parts')
    .map((part) => objectIn(part, 'functionResponse'))
    .filter((response) => response !== null);

function checkStep(content: JsonObject, before: JsonObject | undefined, after: JsonObject | undefined): void {
  const calls = callsIn(content);
  const responses = responsesIn(content);
  if (calls.length > 0) {
    if (content['role'] !== 'model')
      badRequest('Please ensure that function call turns have the role model.');
    if (before === undefined || before['role'] === 'model') {
      badRequest(
        'Please ensure that function call turn comes immediately after a user turn or after a function response turn.',
      );
    }
    if (after !== undefined && responsesIn(after).length !== calls.length) refuseCount();
  }
  if (responses.length === 0) return;
  const asked = callsIn(before);
  if (asked.length === 0)
    badRequest('Please ensure that function response turn comes immediately after a function call turn.');
  if (asked.length !== responses.length) refuseCount();
  const inOrder = responses.every(
    (response, index) => textIn(response, 'name') === textIn(asked[index] ?? {}, 'name'),
  );
  if (!inOrder)
    badRequest('Please ensure that the function response names match the function calls of the turn before.');
}

function refuseCount(): never {
  return badRequest(
    'Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.',
  );
}

/** Every step of the current turn must bring the signature on its first call. */
function checkSignatures(contents: readonly JsonObject[]): void {
  const turn = contents.findLastIndex(
    (content) => content['role'] !== 'model' && responsesIn(content).length === 0,
  );
  for (const [index, content] of contents.entries()) {
    if (index <= turn) continue;
    const first = objectsIn(content, 'parts').find((part) => objectIn(part, 'functionCall') !== null);
    if (first === undefined || textIn(first, 'thoughtSignature') !== null) continue;
    const name = textIn(objectIn(first, 'functionCall') ?? {}, 'name');
    badRequest(
      `Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly, and missing thought_signature may lead to degraded model performance. Additional data, function call \`default_api:${name}\`, position ${index + 1}.`,
    );
  }
}
