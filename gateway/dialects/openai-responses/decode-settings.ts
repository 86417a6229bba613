/** Settings of a request. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import {
  NO_SETTINGS,
  type Effort,
  type OutputFormat,
  type ReasoningWish,
  type Settings,
  type Tool,
  type Warn,
} from '../../core/canonical/request.ts';
import {
  below,
  booleanOf,
  countOf,
  numberOf,
  objectOf,
  readObject,
  readString,
  stringOf,
  type Path,
} from '../../core/json-read.ts';
import type { JsonObject } from '../../core/json.ts';
import { readToolChoice } from './decode-tools.ts';

export function readSettings(body: JsonObject, tools: readonly Tool[], warn: Warn): Settings {
  const text = objectOf(body, 'text', '');
  return {
    ...NO_SETTINGS,
    maxTokens: countOf(body, 'max_output_tokens', '', 1) ?? countOf(body, 'max_tokens', '', 1),
    temperature: numberOf(body, 'temperature', ''),
    topP: numberOf(body, 'top_p', ''),
    reasoning: readReasoning(body, warn),
    format: readFormat(text ?? {}, warn),
    toolChoice: readToolChoice(body, tools, warn),
    parallelTools: booleanOf(body, 'parallel_tool_calls', ''),
    verbosity: text === null ? null : stringOf(text, 'verbosity', 'text'),
    user: stringOf(body, 'safety_identifier', '') ?? stringOf(body, 'user', ''),
    cacheKey: stringOf(body, 'prompt_cache_key', ''),
    serviceTier: stringOf(body, 'service_tier', ''),
  };
}

const EFFORTS: readonly Effort[] = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];

const OF_REASONING: ReadonlySet<string> = new Set(['effort', 'summary', 'generate_summary']);

function readReasoning(body: JsonObject, warn: Warn): ReasoningWish | null {
  const wish = objectOf(body, 'reasoning', '');
  if (wish === null) return null;
  const asked = stringOf(wish, 'effort', 'reasoning');
  const effort = EFFORTS.find((one) => one === asked) ?? null;
  if (asked !== null && effort === null) {
    warn(remark('value-unknown', { member: 'reasoning.effort', value: `"${asked.slice(0, 60)}"` }));
  }
  for (const name of Object.keys(wish)) {
    if (!OF_REASONING.has(name) && wish[name] !== null)
      warn(remark('no-counterpart', { name: `reasoning.${name.slice(0, 60)}` }));
  }
  // `generate_summary` is the older name.
  const summary = stringOf(wish, 'summary', 'reasoning') ?? stringOf(wish, 'generate_summary', 'reasoning');
  return { effort, budget: null, visible: summary === null ? null : summary !== 'none' };
}

function readFormat(text: JsonObject, warn: Warn): OutputFormat {
  const path: Path = 'text.format';
  const format = objectOf(text, 'format', 'text');
  const type = format === null ? 'text' : readString(format['type'], below(path, 'type'));
  if (format === null || type === 'text') return { kind: 'text' };
  if (type === 'json_object') return { kind: 'json' };
  if (type === 'json_schema') return readSchema(format, path);
  warn(remark('format-unknown', { type: type.slice(0, 60) }));
  return { kind: 'text' };
}

/** The schema stands in the format itself; nested in `json_schema`, as in OpenAI's chat, it is taken too. */
function readSchema(format: JsonObject, outer: Path): OutputFormat {
  const nested = objectOf(format, 'json_schema', outer);
  const path = nested === null ? outer : below(outer, 'json_schema');
  const from = nested ?? format;
  return {
    kind: 'schema',
    name: stringOf(from, 'name', path) ?? '',
    description: stringOf(from, 'description', path) ?? '',
    schema: readObject(from['schema'], below(path, 'schema')),
    strict: booleanOf(from, 'strict', path),
  };
}
