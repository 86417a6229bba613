/** Reads how an answer is wanted. */
import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import {
  NO_SETTINGS,
  type Effort,
  type OutputFormat,
  type ReasoningWish,
  type Settings,
  type ToolChoice,
  type Warn,
} from '../../core/canonical/request.ts';
import type { JsonObject } from '../../core/json.ts';
import {
  arrayOf,
  below,
  booleanOf,
  countOf,
  numberOf,
  objectOf,
  readObject,
  readString,
  stringOf,
} from '../../core/json-read.ts';
import { tellUnread } from './warnings.ts';

const EFFORTS: readonly Effort[] = ['low', 'medium', 'high', 'xhigh', 'max'];
const OF_CONFIG = new Set(['effort', 'format']);
const OF_METADATA = new Set(['user_id']);

export function readSettings(body: JsonObject, warn: Warn): Settings {
  const config = objectOf(body, 'output_config', '') ?? {};
  tellUnread(config, OF_CONFIG, 'output_config.', warn);
  const metadata = objectOf(body, 'metadata', '') ?? {};
  tellUnread(metadata, OF_METADATA, 'metadata.', warn);
  return {
    ...NO_SETTINGS,
    maxTokens: readLimit(body, warn),
    temperature: numberOf(body, 'temperature', ''),
    topP: numberOf(body, 'top_p', ''),
    topK: countOf(body, 'top_k', ''),
    stop: (arrayOf(body, 'stop_sequences', '') ?? []).map((one, index) =>
      readString(one, below('stop_sequences', index)),
    ),
    reasoning: readReasoning(body, config, warn),
    format: readFormat(body, config, warn),
    ...readToolChoice(body, warn),
    user: stringOf(metadata, 'user_id', 'metadata'),
    serviceTier: readTier(stringOf(body, 'service_tier', '')),
  };
}

function readLimit(body: JsonObject, warn: Warn): number | null {
  const limit = countOf(body, 'max_tokens', '');
  if (limit !== 0) return limit;
  warn(remark('cache-filling'));
  return 1;
}

/** Capacity of the ordinary kind is called `default` elsewhere. */
const readTier = (tier: string | null): string | null => (tier === 'standard_only' ? 'default' : tier);

function readReasoning(body: JsonObject, config: JsonObject, warn: Warn): ReasoningWish | null {
  const thinking = objectOf(body, 'thinking', '');
  const effort = readEffort(config, warn);
  if (thinking === null) return effort === null ? null : { effort, budget: null, visible: null };
  const display = stringOf(thinking, 'display', 'thinking');
  const visible = display === null ? null : display !== 'omitted';
  const type = stringOf(thinking, 'type', 'thinking');
  switch (type) {
    case 'enabled':
      return { effort, budget: countOf(thinking, 'budget_tokens', 'thinking', 1), visible, thinks: true };
    // Between the calls of tools there are only short notes, no thinking.
    case 'disabled':
    case 'between_tools':
      return { effort: 'none', budget: null, visible: null };
    case 'adaptive':
      return { effort, budget: null, visible, thinks: true };
    default:
      warn(remark('thinking-type-unknown', { type: String(type).slice(0, 60) }));
      return effort === null ? null : { effort, budget: null, visible };
  }
}

function readEffort(config: JsonObject, warn: Warn): Effort | null {
  const word = stringOf(config, 'effort', 'output_config');
  if (word === null) return null;
  const effort = EFFORTS.find((known) => known === word);
  if (effort === undefined) warn(unknown('output_config.effort', word));
  return effort ?? null;
}

const unknown = (member: string, word: string): Told =>
  remark('value-unknown', { member: `"${member}"`, value: `"${word.slice(0, 60)}"` });

/** Older clients write `output_format` beside everything else. */
function readFormat(body: JsonObject, config: JsonObject, warn: Warn): OutputFormat {
  const newer = objectOf(config, 'format', 'output_config');
  const path = newer === null ? 'output_format' : 'output_config.format';
  const format = newer ?? objectOf(body, 'output_format', '');
  if (format === null) return { kind: 'text' };
  const type = stringOf(format, 'type', path);
  if (type !== 'json_schema') {
    warn(unknown(`${path}.type`, String(type)));
    return { kind: 'text' };
  }
  return {
    kind: 'schema',
    name: stringOf(format, 'name', path) ?? 'answer',
    description: '',
    schema: readObject(format['schema'], below(path, 'schema')),
    strict: null,
  };
}

function readToolChoice(body: JsonObject, warn: Warn): Pick<Settings, 'toolChoice' | 'parallelTools'> {
  const choice = objectOf(body, 'tool_choice', '');
  if (choice === null) return { toolChoice: null, parallelTools: null };
  const oneAtATime = booleanOf(choice, 'disable_parallel_tool_use', 'tool_choice');
  return {
    toolChoice: choiceOf(choice, warn),
    parallelTools: oneAtATime === null ? null : !oneAtATime,
  };
}

function choiceOf(choice: JsonObject, warn: Warn): ToolChoice | null {
  const type = stringOf(choice, 'type', 'tool_choice');
  switch (type) {
    case 'auto':
    case 'none':
      return { kind: type };
    case 'any':
      return { kind: 'required' };
    case 'tool':
      return { kind: 'tool', name: readString(choice['name'], 'tool_choice.name') };
    default:
      warn(remark('tool-choice-unknown', { type: String(type).slice(0, 60) }));
      return null;
  }
}
