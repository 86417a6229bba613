/**
 * Which parameter an upstream says its model does not take, and what to do about it. Only parameters that are hints
 * may go: without them the answer is another one, but an answer to the same question. Limits, stops, formats, tools
 * and content are never touched; a limit may be renamed. Pure. Sources: research on protocols, section 7, the recorded
 * error bodies, the providers' documentation.
 */
import type { UpstreamError } from '../core/upstream-error.ts';

export type ParameterRepair =
  | { readonly kind: 'drop'; readonly parameter: string }
  | { readonly kind: 'rename'; readonly parameter: string; readonly to: string };

/**
 * As OpenAI writes them; others write them in camel case or within an object of settings. `user` and the two that
 * follow it say who asks and what to cache.
 */
export const HINTS: ReadonlySet<string> = new Set([
  ...['temperature', 'top_p', 'top_k', 'min_p', 'top_a', 'typical_p', 'seed', 'random_seed'],
  ...['presence_penalty', 'frequency_penalty', 'repetition_penalty', 'logprobs', 'top_logprobs'],
  ...['response_logprobs', 'user', 'safety_identifier', 'prompt_cache_key', 'prompt_cache_retention'],
  ...['service_tier', 'metadata', 'stream_options', 'verbosity', 'reasoning_effort', 'effort'],
]);

/** What may be sent under another name. */
const RENAMES: ReadonlyMap<string, string> = new Map([
  ['max_tokens', 'max_completion_tokens'],
  ['max_completion_tokens', 'max_tokens'],
]);

interface Form {
  /** Who says it so. */
  readonly says: string;
  /** The parameter's name is the first group. */
  readonly words: RegExp;
}

const NAME = '[`\'"]?([\\w.]{1,60})[`\'"]?';
const form = (says: string, words: string): Form => ({ says, words: new RegExp(words, 'i') });

export const FORMS: readonly Form[] = [
  form(
    'OpenAI, for a parameter and for all values but the default',
    `unsupported (?:parameter|value): ${NAME}`,
  ),
  form('OpenAI, old models', `unrecognized request arguments? supplied: ${NAME}(?![\\w, ])`),
  form('OpenAI, Responses', `unknown parameter: ${NAME}`),
  form(
    'Anthropic: of two that exclude each other the second',
    `\`temperature\` and ${NAME} cannot both be specified`,
  ),
  form('Anthropic, Mistral, others that check types', `${NAME}: extra inputs are not permitted`),
  form(
    'Gemini: a name that this model or version does not know',
    `unknown name ${NAME}(?: at [^:]+)?: cannot find field`,
  ),
  form('xAI', `argument not supported on this model: ${NAME}`),
  form('xAI, others', `does not support (?:the )?(?:parameter|argument) ${NAME}`),
  form('Groq', `property ${NAME} is (?:unsupported|not supported)`),
  form(
    'Gemini, of words instead of names',
    '((?:presence|frequency) ?penalty|logprobs) is not (?:enabled|supported) for',
  ),
  form(
    'Anthropic, Groq, Azure, others',
    `${NAME} is (?:deprecated for|not supported (?:with|by|for|on)|unsupported (?:with|by|for|on)|not enabled for|not available for) (?:this|the|[\\w./-]*) ?(?:model|models/)`,
  ),
];

/** A parameter's name as OpenAI would write it: `generation_config.topP` is `top_p`. */
export function plainName(name: string): string {
  const last = name.slice(name.lastIndexOf('.') + 1).trim();
  return last
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll(' ', '_')
    .toLowerCase();
}

/** Objects of settings. What lies within anything else is content. */
const SETTINGS: ReadonlySet<string> = new Set([
  ...['', 'reasoning', 'text', 'output_config', 'generationConfig', 'generation_config'],
]);

const isSetting = (name: string): boolean => SETTINGS.has(name.slice(0, Math.max(0, name.lastIndexOf('.'))));

/** Status codes with which a request is refused as it is. */
const REFUSALS: ReadonlySet<number> = new Set([400, 422]);

/** @param error with the status it means @returns undefined where nothing can be done about it */
export function unsupportedParameter({
  status,
  code,
  message,
  details,
}: UpstreamError): ParameterRepair | undefined {
  if (!REFUSALS.has(status)) return undefined;
  const told = /^(?:unsupported_(?:parameter|value)|unknown_parameter)$/i.test(code);
  const extra = /^extra inputs are not permitted/i.test(message);
  const param = told || extra ? details['param'] : undefined;
  const name =
    param ?? FORMS.map(({ words }) => words.exec(message)?.[1]).find((found) => found !== undefined);
  if (name === undefined || !isSetting(name)) return undefined;
  const parameter = plainName(name);
  const to = RENAMES.get(parameter);
  // Only where the upstream itself says what it takes instead.
  if (to !== undefined && new RegExp(`\\b${to}\\b`).test(message)) return { kind: 'rename', parameter, to };
  return HINTS.has(parameter) ? { kind: 'drop', parameter } : undefined;
}
