/** Reads a Responses request as strictly as OpenAI's API. */
import type { JsonObject } from '../../../core/json.ts';
import type { Memory } from '../memory.ts';
import { booleanIn, numberIn, objectIn, objectsIn, textIn, unknownIn } from '../read-members.ts';
import { Refused, scenarioOf, type Seen } from '../scene.ts';
import type { SpokenRequest } from '../speaker.ts';
import { checkItems } from './items.ts';
import { callOf, mediaOf, resultOf, textOf } from './parts.ts';
import { readChoice, readFormat, readTools } from './tools.ts';

const KNOWN = [
  'model',
  'input',
  'instructions',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'max_tool_calls',
  'max_output_tokens',
  'reasoning',
  'text',
  'include',
  'store',
  'previous_response_id',
  'background',
  'truncation',
  'stream',
  'stream_options',
  'temperature',
  'top_p',
  'top_logprobs',
  'metadata',
  'service_tier',
  'prompt_cache_key',
  'safety_identifier',
  'user',
];

export function readResponses({ body }: SpokenRequest, memory: Memory): Seen {
  const unknown = unknownIn(body, KNOWN);
  if (unknown !== undefined) {
    throw new Refused(400, `Unknown parameter: '${unknown}'.`, 'unknown_parameter', unknown);
  }
  const model = textIn(body, 'model');
  if (model === null) throw new Refused(400, "Missing required parameter: 'model'.", null, 'model');
  const maxTokens = numberIn(body, 'max_output_tokens');
  if (maxTokens !== null && maxTokens < 16) {
    const text = `Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got ${maxTokens} instead.`;
    throw new Refused(400, text, 'integer_below_min_value', 'max_output_tokens');
  }
  const { input } = body;
  const items: readonly JsonObject[] =
    typeof input === 'string' ? [{ role: 'user', content: input }] : objectsIn(body, 'input');
  if (items.length === 0) throw new Refused(400, "Missing required parameter: 'input'.", null, 'input');
  checkItems(items, memory);
  const tools = readTools(body);
  const reasoning = objectIn(body, 'reasoning');
  const strange =
    reasoning === null ? undefined : unknownIn(reasoning, ['effort', 'summary', 'context', 'mode']);
  if (strange !== undefined)
    throw new Refused(400, `Unknown parameter: 'reasoning.${strange}'.`, 'unknown_parameter');
  const since = items.findLastIndex(({ role, content }) => role === 'user' && textOf(content) !== '');
  const lastTurn = items.findLastIndex(
    ({ role, type }) => role === 'assistant' || type === 'function_call' || type === 'custom_tool_call',
  );
  const spoken = items.filter(({ role }, index) => role === 'user' && index > lastTurn);
  const after = items.slice(since + 1);
  const instructions = textIn(body, 'instructions');
  return {
    ...scenarioOf(textOf(items[since]?.['content'])),
    model,
    streamed: body['stream'] === true,
    system: [
      ...(instructions === null ? [] : [instructions]),
      ...items
        .filter(({ role }) => role === 'system' || role === 'developer')
        .map(({ content }) => textOf(content)),
    ].join('\n'),
    text: spoken.map(({ content }) => textOf(content)).join('\n'),
    media: spoken.flatMap(({ content }) => mediaOf(content)),
    tools,
    choice: readChoice(body, tools),
    parallel: booleanIn(body, 'parallel_tool_calls'),
    schema: readFormat(body),
    maxTokens,
    thinking: reasoning?.['effort'] !== 'none',
    effort: textIn(reasoning ?? {}, 'effort'),
    shown: typeof reasoning?.['summary'] === 'string',
    calls: after.flatMap(callOf),
    results: after.flatMap(resultOf),
    thoughts: items.filter(({ type }) => type === 'reasoning').length,
  };
}
