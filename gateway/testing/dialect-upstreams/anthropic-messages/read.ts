/** Reads a Messages request as strictly as Anthropic's API does for Claude Opus 4.6. */
import { isArray, isObject, type JsonObject } from '../../../core/json.ts';
import type { Memory } from '../memory.ts';
import {
  booleanIn,
  describeMedia,
  numberIn,
  objectIn,
  objectsIn,
  textIn,
  unknownIn,
} from '../read-members.ts';
import { scenarioOf, type Seen, type SeenCall, type SeenResult } from '../scene.ts';
import type { SpokenRequest } from '../speaker.ts';
import { checkTurns, refuseWith } from './turns.ts';
import { readChoice, readFormat, readThinking, readTools } from './settings.ts';

const KNOWN = [
  'model',
  'max_tokens',
  'messages',
  'system',
  'stop_sequences',
  'stream',
  'tools',
  'tool_choice',
  'thinking',
  'output_config',
  'metadata',
  'cache_control',
  'container',
  'service_tier',
  'speed',
  'inference_geo',
  'temperature',
  'top_p',
  'top_k',
  'context_management',
  'mcp_servers',
];

export function readMessages({ headers, body }: SpokenRequest, memory: Memory): Seen {
  const version = headers['anthropic-version'];
  if (version !== '2023-06-01' && version !== '2026-10-21') {
    refuseWith('anthropic-version: header is required');
  }
  const unknown = unknownIn(body, KNOWN);
  if (unknown !== undefined) refuseWith(`${unknown}: Extra inputs are not permitted`);
  const model = textIn(body, 'model') ?? refuseWith('model: Field required');
  const maxTokens = numberIn(body, 'max_tokens') ?? refuseWith('max_tokens: Field required');
  const turns = objectsIn(body, 'messages');
  if (turns.length === 0) refuseWith('messages: at least one message is required');
  const system = readSystem(body);
  const thinking = readThinking(body, maxTokens);
  checkTurns(turns, thinking, memory);
  const tools = readTools(body);
  const choice = readChoice(body, tools);
  if (thinking === 'enabled' && (choice === 'required' || choice?.startsWith('only '))) {
    refuseWith('Thinking may not be enabled when tool_choice forces tool use.');
  }
  const since = turns.findLastIndex(({ role, content }) => role === 'user' && userTextOf(content) !== '');
  const lastTurn = turns.findLastIndex(({ role }) => role === 'assistant');
  const spoken = turns.slice(lastTurn + 1);
  const after = since === lastTurn + 1 ? turns.slice(since) : turns.slice(since + 1);
  return {
    ...scenarioOf(userTextOf(turns[since]?.['content'])),
    model,
    streamed: body['stream'] === true,
    system,
    text: spoken.map(({ content }) => userTextOf(content)).join('\n'),
    media: spoken.flatMap(({ content }) => mediaOf(content)),
    tools,
    choice,
    parallel: parallelOf(body),
    schema: readFormat(body),
    maxTokens,
    thinking: thinking !== 'disabled',
    effort: textIn(objectIn(body, 'output_config') ?? {}, 'effort'),
    // What Claude Opus 4.6 does where nothing is said.
    shown: objectIn(body, 'thinking')?.['display'] !== 'omitted',
    calls: after.flatMap(({ content }) => callsOf(content)),
    results: after.flatMap(({ content }) => resultsOf(content)),
    thoughts: turns.flatMap(({ content }) => blocksOf(content)).filter(({ type }) => type === 'thinking')
      .length,
  };
}

function readSystem(body: JsonObject): string {
  const { system } = body;
  if (system === undefined) return '';
  if (typeof system === 'string') return system;
  if (!isArray(system)) refuseWith('system: Input should be a valid list');
  return objectsIn(body, 'system')
    .map((block, index) => {
      const extra = unknownIn(block, ['type', 'text', 'cache_control', 'citations']);
      if (extra !== undefined) refuseWith(`system.${index}.${extra}: Extra inputs are not permitted`);
      const text = textIn(block, 'text');
      if (block['type'] !== 'text' || text === null) refuseWith(`system.${index}.text: Field required`);
      if (text === '') refuseWith('system: text content blocks must be non-empty');
      return text;
    })
    .join('\n');
}

const parallelOf = (body: JsonObject): boolean | null => {
  const disabled = booleanIn(objectIn(body, 'tool_choice') ?? {}, 'disable_parallel_tool_use');
  return disabled === null ? null : !disabled;
};

export const blocksOf = (content: unknown): readonly JsonObject[] =>
  isArray(content) ? content.filter((block): block is JsonObject => isObject(block)) : [];

/** The texts of a turn. */
function userTextOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return blocksOf(content)
    .map((block) => (block['type'] === 'text' ? (textIn(block, 'text') ?? '') : ''))
    .join('');
}

function mediaOf(content: unknown): readonly string[] {
  return blocksOf(content).flatMap((block): readonly string[] => {
    if (block['type'] !== 'image' && block['type'] !== 'document') return [];
    const source = objectIn(block, 'source') ?? {};
    const url = textIn(source, 'url');
    return [url ?? describeMedia(textIn(source, 'media_type') ?? '', textIn(source, 'data') ?? '')];
  });
}

const callsOf = (content: unknown): readonly SeenCall[] =>
  blocksOf(content)
    .filter(({ type }) => type === 'tool_use')
    .map((block) => ({
      id: textIn(block, 'id'),
      name: textIn(block, 'name') ?? '',
      input: block['input'],
      custom: false,
    }));

const resultsOf = (content: unknown): readonly SeenResult[] =>
  blocksOf(content)
    .filter(({ type }) => type === 'tool_result')
    .map((block) => ({
      id: textIn(block, 'tool_use_id'),
      name: null,
      text: userTextOf(block['content']),
      images: mediaOf(block['content']),
      failed: block['is_error'] === true,
    }));
