/** Anthropic's rules about turns: what may stand in a block, and which block belongs behind which. */
import { isArray, isObject, type JsonObject } from '../../../core/json.ts';
import type { Memory } from '../memory.ts';
import { objectIn, textIn, unknownIn } from '../read-members.ts';
import { Refused } from '../scene.ts';

export function refuseWith(text: string): never {
  throw new Refused(400, text);
}

const BLOCKS: Readonly<Record<string, readonly string[]>> = {
  text: ['type', 'text', 'cache_control', 'citations'],
  image: ['type', 'source', 'cache_control'],
  document: ['type', 'source', 'title', 'context', 'citations', 'cache_control'],
  thinking: ['type', 'thinking', 'signature'],
  redacted_thinking: ['type', 'data'],
  tool_use: ['type', 'id', 'name', 'input', 'cache_control', 'caller'],
  tool_result: ['type', 'tool_use_id', 'content', 'is_error', 'cache_control'],
};
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  user: ['text', 'image', 'document', 'tool_result'],
  assistant: ['text', 'thinking', 'redacted_thinking', 'tool_use'],
};

export function checkTurns(turns: readonly JsonObject[], thinking: string, memory: Memory): void {
  for (const [index, turn] of turns.entries()) {
    const at = `messages.${index}`;
    const role = textIn(turn, 'role') ?? '';
    const extra = unknownIn(turn, ['role', 'content']);
    if (extra !== undefined) refuseWith(`${at}.${extra}: Extra inputs are not permitted`);
    if (role === 'system') refuseWith(`role 'system' is not supported on this model`);
    if (ALLOWED[role] === undefined) refuseWith(`${at}.role: Input should be 'user' or 'assistant'`);
    checkContent(turn, role, at, memory);
  }
  // The API joins neighbours of one role before it looks at calls and results.
  const joined = joinTurns(turns);
  if (joined[0]?.role !== 'user') refuseWith('messages: first message must use the "user" role');
  if (joined.at(-1)?.role === 'assistant') {
    refuseWith(
      'This model does not support assistant message prefill. The conversation must end with a user message.',
    );
  }
  for (const [index, turn] of joined.entries()) checkCalls(turn, joined[index + 1], index);
  if (thinking !== 'disabled') checkLoop(joined, thinking, memory);
}

interface Joined {
  readonly role: string;
  readonly blocks: readonly JsonObject[];
}

function joinTurns(turns: readonly JsonObject[]): readonly Joined[] {
  const joined: Joined[] = [];
  for (const { role, content } of turns) {
    const blocks: readonly JsonObject[] =
      typeof content === 'string'
        ? [{ type: 'text', text: content }]
        : isArray(content)
          ? content.filter((one): one is JsonObject => isObject(one))
          : [];
    const last = joined.at(-1);
    if (last !== undefined && last.role === role) {
      joined[joined.length - 1] = { role: last.role, blocks: [...last.blocks, ...blocks] };
    } else joined.push({ role: typeof role === 'string' ? role : '', blocks });
  }
  return joined;
}

function checkContent({ content }: JsonObject, role: string, at: string, memory: Memory): void {
  if (typeof content === 'string') {
    if (content === '') refuseWith(`${at}: user messages must have non-empty content`);
    return;
  }
  if (!isArray(content)) refuseWith(`${at}.content: Field required`);
  if (content.length === 0) refuseWith(`${at}: ${role} messages must have non-empty content`);
  for (const [place, block] of content.entries()) {
    const where = `${at}.content.${place}`;
    if (!isObject(block)) refuseWith(`${where}: Input should be a valid dictionary`);
    checkBlock(block, ALLOWED[role] ?? [], where, memory);
  }
}

function checkBlock(block: JsonObject, allowed: readonly string[], at: string, memory: Memory): void {
  const type = textIn(block, 'type') ?? '';
  const members = BLOCKS[type];
  if (members === undefined || !allowed.includes(type)) {
    refuseWith(
      `${at}: Input tag '${type}' found using 'type' does not match any of the expected tags: '${allowed.join("', '")}'`,
    );
  }
  const extra = unknownIn(block, members);
  if (extra !== undefined) refuseWith(`${at}.${type}.${extra}: Extra inputs are not permitted`);
  if (type === 'text' && (textIn(block, 'text') ?? '') === '')
    refuseWith('messages: text content blocks must be non-empty');
  if (type === 'text' && (textIn(block, 'text') ?? '').trim() === '')
    refuseWith('messages: text content blocks must contain non-whitespace text');
  if (type === 'image' || type === 'document') checkSource(objectIn(block, 'source') ?? {}, type, at);
  if (type === 'tool_use') {
    if (!/^[a-zA-Z0-9_-]+$/.test(textIn(block, 'id') ?? '')) {
      refuseWith(`${at}.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'`);
    }
    if (!isObject(block['input'])) refuseWith(`${at}.tool_use.input: Input should be a valid dictionary`);
    if (!/^[a-zA-Z0-9_-]{1,200}$/.test(textIn(block, 'name') ?? '')) {
      refuseWith(`${at}.tool_use.name: String should match pattern '^[a-zA-Z0-9_-]{1,200}$'`);
    }
  }
  if (type === 'tool_result' && isArray(block['content'])) {
    for (const [place, inner] of block['content'].entries()) {
      if (isObject(inner))
        checkBlock(inner, ['text', 'image', 'document'], `${at}.tool_result.content.${place}`, memory);
    }
  }
  if (type === 'thinking') {
    const made = memory.signed(
      textIn(block, 'signature') ?? refuseWith(`${at}.thinking.signature: Field required`),
    );
    if (made === undefined || made.thought !== block['thinking']) {
      refuseWith(`${at}: Invalid \`signature\` in \`thinking\` block`);
    }
  }
}

function checkSource(source: JsonObject, type: string, at: string): void {
  const kind = textIn(source, 'type');
  if (kind === 'url' && (textIn(source, 'url') ?? '').startsWith('https://')) return;
  if (kind === 'text' && type === 'document') return;
  const media = type === 'image' ? /^image\/(jpeg|png|gif|webp)$/ : /^application\/pdf$/;
  if (
    kind === 'base64' &&
    media.test(textIn(source, 'media_type') ?? '') &&
    /^[A-Za-z0-9+/]+=*$/.test(textIn(source, 'data') ?? '')
  )
    return;
  refuseWith(`${at}.${type}.source: Input should be a valid ${kind ?? 'source'}`);
}

function checkCalls(turn: Joined, next: Joined | undefined, index: number): void {
  const idsIn = (type: string, member: string, from: Joined | undefined): readonly string[] =>
    (from?.blocks ?? [])
      .filter((block) => block['type'] === type)
      .map((block) => textIn(block, member) ?? '');
  if (turn.role === 'assistant') {
    const called = idsIn('tool_use', 'id', turn);
    const answered = idsIn('tool_result', 'tool_use_id', next);
    const open = called.filter((id) => !answered.includes(id));
    if (open.length > 0) {
      refuseWith(
        `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open.join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
      );
    }
    const orphan = answered.find((id) => !called.includes(id));
    if (orphan !== undefined) refuseOrphan(index + 1, orphan);
    if (new Set(called).size < called.length) refuseWith(`messages: \`tool_use\` ids must be unique`);
    return;
  }
  const firstOther = turn.blocks.findIndex(({ type }) => type !== 'tool_result');
  const lastResult = turn.blocks.findLastIndex(({ type }) => type === 'tool_result');
  if (lastResult >= 0 && index === 0)
    refuseOrphan(index, textIn(turn.blocks[lastResult] ?? {}, 'tool_use_id') ?? '');
  if (lastResult >= 0 && firstOther >= 0 && firstOther < lastResult) {
    refuseWith(`messages.${index}: tool_result blocks must come before any other content`);
  }
}

function refuseOrphan(index: number, id: string): never {
  return refuseWith(
    `messages.${index}.content.0: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
  );
}

/**
 * While a loop of tools is open, its turns must begin with the thoughts they came with. A model that decides for itself
 * may have had none.
 */
function checkLoop(turns: readonly Joined[], thinking: string, memory: Memory): void {
  const last = turns.at(-1);
  if (!(last?.blocks.some(({ type }) => type === 'tool_result') ?? false)) return;
  const turn = turns.at(-2);
  const first = textIn(turn?.blocks[0] ?? {}, 'type') ?? '';
  if (first === 'thinking' || first === 'redacted_thinking') return;
  const thought = turn?.blocks.some((block) => memory.thoughtful(textIn(block, 'id') ?? '')) === true;
  if (thinking === 'adaptive' && !thought) return;
  refuseWith(
    `messages.${turns.length - 2}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${first}\`. When \`thinking\` is enabled, a final \`assistant\` message must start with a thinking block (preceeding the lastmost set of \`tool_use\` and \`tool_result\` blocks). To avoid this requirement, disable \`thinking\`.`,
  );
}
