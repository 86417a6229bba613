/** The rules of the Responses API about items: their members, their order, what belongs together. */
import { isArray, isObject, type JsonObject } from '../../../core/json.ts';
import type { Memory } from '../memory.ts';
import { textIn, unknownIn } from '../read-members.ts';
import { Refused } from '../scene.ts';

const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  message: ['type', 'role', 'content', 'id', 'status', 'phase'],
  function_call: ['type', 'call_id', 'name', 'arguments', 'id', 'status', 'namespace'],
  function_call_output: ['type', 'call_id', 'output', 'id', 'status'],
  custom_tool_call: ['type', 'call_id', 'name', 'input', 'id', 'status', 'namespace'],
  custom_tool_call_output: ['type', 'call_id', 'output', 'id', 'status'],
  reasoning: ['type', 'id', 'summary', 'content', 'encrypted_content', 'status'],
};
const PARTS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  user: {
    input_text: ['type', 'text'],
    input_image: ['type', 'image_url', 'file_id', 'detail'],
    input_file: ['type', 'file_data', 'file_id', 'file_url', 'filename', 'detail'],
  },
  system: { input_text: ['type', 'text'] },
  developer: { input_text: ['type', 'text'] },
  assistant: { output_text: ['type', 'text', 'annotations', 'logprobs'], refusal: ['type', 'refusal'] },
};

const typeOf = (item: JsonObject): string =>
  textIn(item, 'type') ?? (textIn(item, 'role') === null ? '' : 'message');

export function checkItems(items: readonly JsonObject[], memory: Memory): void {
  const called = new Set<string>();
  const answered = new Set<string>();
  for (const [index, item] of items.entries()) {
    const at = `input[${index}]`;
    const type = typeOf(item);
    const members = MEMBERS[type];
    if (members === undefined) {
      const text = `Invalid value: '${type}'. Supported values are: 'message', 'function_call', 'reasoning', ...`;
      throw new Refused(400, text, 'invalid_value', at);
    }
    const unknown = unknownIn(item, members);
    if (unknown !== undefined) {
      throw new Refused(
        400,
        `Unknown parameter: '${at}.${unknown}'.`,
        'unknown_parameter',
        `${at}.${unknown}`,
      );
    }
    if (type === 'message') checkMessage(item, at);
    else if (type === 'reasoning') checkReasoning(item, items[index + 1], at, memory);
    else if (type.endsWith('_output')) {
      const id = textIn(item, 'call_id') ?? '';
      if (!called.has(id)) {
        throw new Refused(
          400,
          `No tool call found for function call output with call_id ${id}.`,
          null,
          'input',
        );
      }
      checkParts(item['output'], 'user', `${at}.output`);
      answered.add(id);
    } else called.add(checkCall(item, type, at));
  }
  const open = [...called].find((id) => !answered.has(id));
  if (open !== undefined)
    throw new Refused(400, `No tool output found for function call ${open}.`, null, 'input');
}

function checkId(item: JsonObject, prefix: string, at: string): void {
  const id = item['id'];
  if (id === undefined || id === null) return;
  if (typeof id === 'string' && id.startsWith(prefix) && id.length <= 64) return;
  const text = `Invalid '${at}.id': ${JSON.stringify(id)}. Expected an ID that begins with '${prefix}'.`;
  throw new Refused(400, text, 'invalid_value', `${at}.id`);
}

function checkMessage(item: JsonObject, at: string): void {
  const role = textIn(item, 'role') ?? '';
  if (PARTS[role] === undefined) {
    const text = `Invalid value: '${role}'. Supported values are: 'assistant', 'system', 'developer', and 'user'.`;
    throw new Refused(400, text, 'invalid_value', `${at}.role`);
  }
  checkId(item, 'msg', at);
  checkParts(item['content'], role, `${at}.content`);
}

function checkParts(content: unknown, role: string, at: string): void {
  if (typeof content === 'string') return;
  if (!isArray(content))
    throw new Refused(
      400,
      `Invalid type for '${at}': expected one of an array of objects or string.`,
      'invalid_type',
      at,
    );
  const allowed = PARTS[role] ?? {};
  for (const [place, part] of content.entries()) {
    const type = isObject(part) ? (textIn(part, 'type') ?? '') : '';
    const members = allowed[type];
    if (!isObject(part) || members === undefined) {
      throw new Refused(
        400,
        `Invalid value: '${type}'. Supported values are: '${Object.keys(allowed).join("' and '")}'.`,
        'invalid_value',
        `${at}[${place}]`,
      );
    }
    const unknown = unknownIn(part, members);
    if (unknown !== undefined)
      throw new Refused(400, `Unknown parameter: '${at}[${place}].${unknown}'.`, 'unknown_parameter');
    if (type === 'input_image' && !isAddress(textIn(part, 'image_url'))) {
      throw new Refused(
        400,
        `Invalid '${at}[${place}].image_url'. Expected a valid URL, but got a value with an invalid format.`,
        'invalid_value',
      );
    }
  }
}

const isAddress = (url: string | null): boolean =>
  url !== null && /^(https?:\/\/|data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+=*$)/.test(url);

function checkReasoning(item: JsonObject, next: JsonObject | undefined, at: string, memory: Memory): void {
  const id = textIn(item, 'id');
  checkId(item, 'rs_', at);
  if (!isArray(item['summary']))
    throw new Refused(400, `Missing required parameter: '${at}.summary'.`, null, at);
  const encrypted = textIn(item, 'encrypted_content');
  if (encrypted === null) {
    const text = `Item with id '${id ?? ''}' not found. Items are not persisted when \`store\` is set to false. Try again with \`store\` set to true, or remove this item from your input.`;
    throw new Refused(404, text, null, 'input');
  }
  const made = memory.signed(encrypted);
  if (made === undefined || (id !== null && made.where !== id)) {
    const text = `The encrypted content for item ${id ?? ''} could not be verified. Reason: Encrypted content could not be decrypted or parsed.`;
    throw new Refused(400, text, 'invalid_encrypted_content');
  }
  const follows = next === undefined ? '' : typeOf(next);
  const belongs =
    follows === 'message'
      ? textIn(next ?? {}, 'role') === 'assistant'
      : follows !== '' && !follows.endsWith('_output');
  if (belongs) return;
  const text = `Item '${id ?? ''}' of type 'reasoning' was provided without its required following item.`;
  throw new Refused(400, text, null, 'input');
}

/** @returns its call id */
function checkCall(item: JsonObject, type: string, at: string): string {
  const id = textIn(item, 'call_id') ?? '';
  if (id === '' || id.length > 64) {
    throw new Refused(
      400,
      `Invalid '${at}.call_id': string too long. Expected a string with maximum length 64.`,
      'string_above_max_length',
      at,
    );
  }
  checkId(item, type === 'function_call' ? 'fc' : 'ctc', at);
  if (!/^[a-zA-Z0-9_-]{1,128}$/.test(textIn(item, 'name') ?? '')) {
    throw new Refused(
      400,
      `Invalid '${at}.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`,
    );
  }
  if (type === 'function_call' && !isJsonObject(textIn(item, 'arguments'))) {
    throw new Refused(400, `Invalid '${at}.arguments': not a JSON object.`);
  }
  return id;
}

function isJsonObject(text: string | null): boolean {
  try {
    return isObject(JSON.parse(text ?? ''));
  } catch {
    return false;
  }
}
