/** What one chunk of a stream, or one complete answer, says. */
import type { TokenCounts } from '../../../contract/log/row.ts';
import { worstReason } from '../../core/finish-reason.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import { readBilling, type Billing } from '../../core/openai-billing.ts';
import type { ResponseFacts } from '../../core/usage.ts';
import { readUsage } from './usage.ts';

export interface ChunkFacts {
  /** Some delta holds text, reasoning, a refusal, a tool call or media, or a choice has finished. */
  readonly content: boolean;
  readonly finishReason: string | null;
  readonly usage: TokenCounts | null;
  /** `choices: []` with a non-null `usage`: the one event that exists only because usage was asked for. */
  readonly usageOnly: boolean;
  readonly model: string | null;
  /** Some message or delta holds entries of `reasoning_details`, which may be signed. */
  readonly signed: boolean;
  readonly billing: Billing;
  /** A value to read the error from; undefined when the chunk reports none. */
  readonly error: JsonObject | undefined;
}

export function readChunk(chunk: JsonObject): ChunkFacts {
  const listed = chunk['choices'];
  const choices = isArray(listed) ? listed.filter(isObject) : [];
  const finishReason = worstReason(choices.map(finishOf));
  const model = chunk['model'];
  const usage = chunk['usage'];
  return {
    content:
      choices.some(({ delta }) => hasContent(delta)) || (finishReason !== null && finishReason !== 'error'),
    finishReason,
    usage: readUsage(chunk),
    usageOnly: isArray(listed) && listed.length === 0 && usage !== undefined && usage !== null,
    model: typeof model === 'string' && model !== '' ? model : null,
    signed: choices.some(({ message, delta }) => hasDetails(message) || hasDetails(delta)),
    billing: readBilling(chunk),
    error: errorOf(chunk, choices),
  };
}

/** What few answers tell. */
export function extraFacts({ billing, signed }: ChunkFacts): Billing & Pick<ResponseFacts, 'signed'> {
  return signed ? { ...billing, signed } : billing;
}

function hasDetails(message: unknown): boolean {
  const details = isObject(message) ? message['reasoning_details'] : undefined;
  return isArray(details) && details.length > 0;
}

function finishOf(choice: JsonObject): string | null {
  const reason = choice['finish_reason'];
  return typeof reason === 'string' && reason !== '' ? reason : null;
}

/**
 * Any member of a delta with something in it counts, so that media nobody has thought of yet does too. Only
 * the role, which opens a stream, says nothing. Numbers and flags (Mistral repeats `index`) say nothing either.
 */
function hasContent(delta: unknown): boolean {
  if (!isObject(delta)) return false;
  return Object.entries(delta).some(([name, value]) => {
    if (name === 'role') return false;
    if (typeof value === 'string' || isArray(value)) return value.length > 0;
    return isObject(value) && Object.keys(value).length > 0;
  });
}

/**
 * The official SDK throws on any chunk with a truthy `error`. OpenRouter puts it beside the choices or into
 * one of them; Mistral only ends with the finish reason `error`; vLLM wrote the error itself, as an object of
 * that name, and `[DONE]` behind it.
 * @returns a value to read the error from; undefined when the chunk reports none
 */
export function errorOf(chunk: JsonObject, choices: readonly JsonObject[]): JsonObject | undefined {
  if (isSet(chunk['error']) || chunk['object'] === 'error') return chunk;
  const failed = choices.find(({ error }) => isSet(error));
  if (failed !== undefined) return { error: failed['error'] };
  return choices.some((choice) => finishOf(choice) === 'error')
    ? { error: { message: 'The answer ended with the finish reason "error".' } }
    : undefined;
}

const isSet = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== false && value !== '';
