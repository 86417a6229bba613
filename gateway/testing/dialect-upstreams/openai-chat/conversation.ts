/** The rules of OpenAI's chat about who may say what after what. */
import { isArray, isObject, type JsonObject } from '../../../core/json.ts';
import type { Memory } from '../memory.ts';
import { listIn, objectIn, objectsIn, textIn, unknownIn } from '../read-members.ts';
import { Refused } from '../scene.ts';

const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  system: ['role', 'content', 'name'],
  developer: ['role', 'content', 'name'],
  user: ['role', 'content', 'name'],
  assistant: [
    'role',
    'content',
    'name',
    'tool_calls',
    'refusal',
    'audio',
    'annotations',
    // DeepSeek's; the stand-in gives it out and wants it back.
    'reasoning_content',
  ],
  tool: ['role', 'content', 'tool_call_id', 'name'],
};
const PARTS: Readonly<Record<string, readonly string[]>> = {
  system: ['text'],
  developer: ['text'],
  user: ['text', 'image_url', 'input_audio', 'file'],
  assistant: ['text', 'refusal'],
  tool: ['text'],
};

export function checkConversation(messages: readonly JsonObject[], memory: Memory): void {
  let open: string[] = [];
  for (const [index, message] of messages.entries()) {
    const at = `messages[${index}]`;
    const role = textIn(message, 'role') ?? '';
    const members = MEMBERS[role];
    if (members === undefined) {
      const text = `Invalid value: '${role}'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'.`;
      throw new Refused(400, text, 'invalid_value', `${at}.role`);
    }
    const unknown = unknownIn(message, members);
    if (unknown !== undefined) {
      throw new Refused(400, `Additional properties are not allowed ('${unknown}' was unexpected) - '${at}'`);
    }
    checkContent(message, role, at);
    if (role === 'tool') {
      const id = textIn(message, 'tool_call_id') ?? '';
      if (!open.includes(id)) {
        const text = `Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.`;
        throw new Refused(400, text, null, `${at}.role`);
      }
      open = open.filter((one) => one !== id);
      continue;
    }
    refuseOpen(open, at);
    open = objectsIn(message, 'tool_calls').map((call, place) =>
      checkCall(call, `${at}.tool_calls[${place}]`),
    );
    if (open.some((id) => memory.thoughtful(id)) && textIn(message, 'reasoning_content') === null) {
      throw new Refused(400, 'The `reasoning_content` in the thinking mode must be passed back to the API.');
    }
  }
  refuseOpen(open, `messages[${messages.length}]`);
}

function refuseOpen(open: readonly string[], at: string): void {
  if (open.length === 0) return;
  const text = `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${open.join(', ')}`;
  throw new Refused(400, text, null, `${at}.role`);
}

function checkContent(message: JsonObject, role: string, at: string): void {
  const { content } = message;
  if (typeof content === 'string') return;
  const bare = content === null || content === undefined;
  if (
    bare &&
    role === 'assistant' &&
    (listIn(message, 'tool_calls').length > 0 || textIn(message, 'refusal') !== null)
  ) {
    return;
  }
  if (!isArray(content) || content.length === 0) {
    throw new Refused(
      400,
      `Invalid value for 'content': expected a string, got ${bare ? 'null' : typeof content}.`,
      null,
      `${at}.content`,
    );
  }
  for (const [place, part] of content.entries()) {
    const type = isObject(part) ? (textIn(part, 'type') ?? '') : '';
    if (!isObject(part) || !(PARTS[role] ?? []).includes(type)) {
      throw new Refused(
        400,
        `Invalid value: '${type}'. Supported values are: '${(PARTS[role] ?? []).join("', '")}'.`,
        'invalid_value',
        `${at}.content[${place}].type`,
      );
    }
    const unknown = unknownIn(part, ['type', type]);
    if (unknown !== undefined)
      throw new Refused(400, `Unknown parameter: '${at}.content[${place}].${unknown}'.`, 'unknown_parameter');
    if (type === 'text' && typeof part['text'] !== 'string')
      throw new Refused(400, `Missing required parameter: '${at}.content[${place}].text'.`);
    if (type === 'image_url') checkImage(part, `${at}.content[${place}]`);
  }
}

function checkImage(part: JsonObject, at: string): void {
  const url = textIn(objectIn(part, 'image_url') ?? {}, 'url') ?? '';
  if (/^(https?:\/\/|data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+=*$)/.test(url)) return;
  throw new Refused(
    400,
    `Invalid image data at ${at}: not a valid URL or base64 image.`,
    'invalid_image_url',
  );
}

/** @returns its id */
function checkCall(call: JsonObject, at: string): string {
  const id = textIn(call, 'id');
  const type = textIn(call, 'type');
  if (id === null || id === '') throw new Refused(400, `Missing required parameter: '${at}.id'.`);
  if (id.length > 40) {
    const text = `Invalid '${at}.id': string too long. Expected a string with maximum length 40, but got a string with length ${id.length} instead.`;
    throw new Refused(400, text, 'string_above_max_length', `${at}.id`);
  }
  if (type !== 'function' && type !== 'custom')
    throw new Refused(400, `Missing required parameter: '${at}.type'.`);
  const unknown = unknownIn(call, ['id', 'type', type, 'index']);
  if (unknown !== undefined)
    throw new Refused(400, `Unknown parameter: '${at}.${unknown}'.`, 'unknown_parameter');
  const named = objectIn(call, type) ?? {};
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(textIn(named, 'name') ?? '')) {
    throw new Refused(
      400,
      `Invalid '${at}.function.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`,
    );
  }
  if (type === 'function' && !isJsonObject(textIn(named, 'arguments'))) {
    throw new Refused(400, `Invalid '${at}.function.arguments': not a JSON object.`);
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
