/** `generationConfig` and the few settings beside it. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import {
  NO_SETTINGS,
  type Effort,
  type ReasoningWish,
  type Settings,
  type Warn,
} from '../../core/canonical/request.ts';
import { booleanOf, objectOf, stringOf, stringsOf, type Path } from '../../core/json-read.ts';
import { isArray, type JsonObject } from '../../core/json.ts';
import { decodeFormat } from './decode-format.ts';
import { decodeToolChoice } from './decode-tools.ts';
import { camelCase, looseCountOf, looseNumberOf, member, spelt } from './fields.ts';

/** Members of `generationConfig` that are read; what else it has is told. */
const READ: ReadonlySet<string> = new Set([
  'temperature',
  'topP',
  'topK',
  'candidateCount',
  'maxOutputTokens',
  'stopSequences',
  'presencePenalty',
  'frequencyPenalty',
  'seed',
  'responseMimeType',
  'responseSchema',
  'responseJsonSchema',
  'ResponseJsonSchema',
  'responseFormat',
  'responseModalities',
  'thinkingConfig',
]);

export function decodeSettings(body: JsonObject, warn: Warn): Settings {
  const path = spelt(body, 'generationConfig');
  const config = objectOf(body, path, '') ?? {};
  for (const name of Object.keys(config)) {
    if (!READ.has(camelCase(name)) && config[name] !== null) {
      warn(remark('gemini-only', { name: `${path}.${name}` }));
    }
  }
  tellModalities(member(config, 'responseModalities'), warn);
  return {
    ...NO_SETTINGS,
    maxTokens: looseCountOf(config, 'maxOutputTokens', path, 1),
    temperature: looseNumberOf(config, 'temperature', path),
    topP: looseNumberOf(config, 'topP', path),
    topK: looseNumberOf(config, 'topK', path),
    stop: stringsOf(config, spelt(config, 'stopSequences'), path) ?? [],
    seed: looseNumberOf(config, 'seed', path),
    presencePenalty: looseNumberOf(config, 'presencePenalty', path),
    frequencyPenalty: looseNumberOf(config, 'frequencyPenalty', path),
    candidates: looseCountOf(config, 'candidateCount', path, 1),
    reasoning: decodeThinking(config, path, warn),
    format: decodeFormat(config, path, warn),
    toolChoice: decodeToolChoice(body, warn),
    serviceTier: stringOf(body, spelt(body, 'serviceTier'), '')?.toLowerCase() ?? null,
  };
}

/** Text is what everybody answers with. */
function tellModalities(modalities: unknown, warn: Warn): void {
  const wanted = isArray(modalities) ? modalities : [];
  const others = wanted.filter((one) => String(one).toUpperCase() !== 'TEXT');
  if (others.length > 0) {
    warn(remark('answers-in', { kinds: others.map(String).join(', ').toLowerCase() }));
  }
}

const LEVELS: Readonly<Record<string, Effort>> = {
  MINIMAL: 'minimal',
  LOW: 'low',
  MEDIUM: 'medium',
  HIGH: 'high',
  XHIGH: 'xhigh',
};

/** A budget of 0 turns thinking off, -1 leaves it to the model. */
function decodeThinking(config: JsonObject, path: Path, warn: Warn): ReasoningWish | null {
  const name = spelt(config, 'thinkingConfig');
  const thinking = objectOf(config, name, path);
  if (thinking === null) return null;
  const at = `${path}.${name}`;
  const level = (stringOf(thinking, spelt(thinking, 'thinkingLevel'), at) ?? '').toUpperCase();
  const known = LEVELS[level] ?? null;
  if (known === null && level !== '' && level !== 'THINKING_LEVEL_UNSPECIFIED') {
    warn(remark('thinking-level-unknown', { level }));
  }
  const budget = looseNumberOf(thinking, 'thinkingBudget', at);
  return {
    effort: budget === 0 ? 'none' : known,
    budget: budget !== null && budget > 0 ? budget : null,
    visible: booleanOf(thinking, spelt(thinking, 'includeThoughts'), at),
    ...(budget !== null && budget < 0 ? { thinks: true } : {}),
  };
}
