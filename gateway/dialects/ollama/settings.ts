/** How an answer is wanted: `options`, `format` and `think`. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import {
  NO_SETTINGS,
  type OutputFormat,
  type ReasoningWish,
  type Settings,
  type Warn,
} from '../../core/canonical/request.ts';
import { JSON_OR_SCHEMA, switchOr } from '../../core/allowed.ts';
import { isObject, type JsonObject } from '../../core/json.ts';
import { numberOf, objectOf, refuse, stringsOf } from '../../core/json-read.ts';

/** Options that mean the same to other providers; the rest tunes Ollama's own runner. */
const CARRIED = new Set([
  'temperature',
  'top_p',
  'top_k',
  'num_predict',
  'stop',
  'seed',
  'presence_penalty',
  'frequency_penalty',
]);

const EFFORTS = ['low', 'medium', 'high', 'max'] as const;

/** @throws GatewayError `invalid_request` naming the member that is wrong */
export function readSettings(body: JsonObject, warn: Warn): Settings {
  const options = objectOf(body, 'options', '') ?? {};
  const foreign = Object.keys(options).filter((name) => !CARRIED.has(name));
  if (foreign.length > 0) {
    const names = foreign.map((name) => `options.${name.slice(0, 40)}`).join(', ');
    warn(remark('ollama-only', { names }));
  }
  const at = 'options';
  const limit = numberOf(options, 'num_predict', at);
  return {
    ...NO_SETTINGS,
    // -1 and -2 ask for as much as there is room for.
    maxTokens: limit === null || limit < 1 ? null : Math.floor(limit),
    temperature: numberOf(options, 'temperature', at),
    topP: numberOf(options, 'top_p', at),
    topK: numberOf(options, 'top_k', at),
    stop: stringsOf(options, 'stop', at) ?? [],
    seed: numberOf(options, 'seed', at),
    presencePenalty: numberOf(options, 'presence_penalty', at),
    frequencyPenalty: numberOf(options, 'frequency_penalty', at),
    reasoning: readThink(body['think'] ?? null),
    format: readFormat(body['format'] ?? null),
  };
}

/** Some clients write an empty text for no format. */
function readFormat(format: unknown): OutputFormat {
  if (format === null || format === '') return { kind: 'text' };
  if (format === 'json') return { kind: 'json' };
  if (isObject(format)) {
    return { kind: 'schema', name: 'answer', description: '', schema: format, strict: null };
  }
  return refuse('format', JSON_OR_SCHEMA, format);
}

/** `true` asks for thoughts without saying how many. */
function readThink(think: unknown): ReasoningWish | null {
  if (think === null || think === '') return null;
  if (think === false) return { effort: 'none', budget: null, visible: false };
  if (think === true) return { effort: 'medium', budget: null, visible: true };
  const effort = EFFORTS.find((word) => word === think);
  if (effort === undefined) return refuse('think', switchOr(EFFORTS), think);
  return { effort, budget: null, visible: true };
}
