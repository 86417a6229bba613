/** Which call of which official SDK a request is. Pure. */
import { isObject, parseArguments, type JsonObject } from '../../../core/json.ts';

export type SdkCall =
  | {
      readonly sdk: 'openai' | 'anthropic';
      /** As in both languages: `chat.completions.create`. */
      readonly method: string;
      readonly body: JsonObject;
      /** Parameters that the Python SDK has by name; others go in as `extra_body`. */
      readonly known: ReadonlySet<string>;
      readonly streamed: boolean;
    }
  | {
      readonly sdk: 'google';
      readonly model: string;
      readonly contents: unknown;
      readonly config: JsonObject;
      readonly streamed: boolean;
    }
  /** None has it: asked over plain HTTP. */
  | { readonly sdk: null; readonly body: unknown };

const names = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Those that are long there: a new name as an argument would be an error in an older SDK. */
const METHODS: readonly (readonly [RegExp, 'openai' | 'anthropic', string, ReadonlySet<string>])[] = [
  [
    /^\/v1\/chat\/completions$/,
    'openai',
    'chat.completions.create',
    names(
      'model messages stream stream_options temperature top_p max_tokens max_completion_tokens n stop seed ' +
        'presence_penalty frequency_penalty logit_bias logprobs top_logprobs user response_format tools ' +
        'tool_choice parallel_tool_calls reasoning_effort metadata store',
    ),
  ],
  [
    /^\/v1\/responses$/,
    'openai',
    'responses.create',
    names(
      'model input instructions stream temperature top_p max_output_tokens tools tool_choice ' +
        'parallel_tool_calls previous_response_id reasoning include metadata store text truncation user',
    ),
  ],
  [
    /^\/v1\/completions$/,
    'openai',
    'completions.create',
    names(
      'model prompt stream stream_options temperature top_p max_tokens n stop seed suffix echo best_of logprobs ' +
        'presence_penalty frequency_penalty logit_bias user',
    ),
  ],
  [/^\/v1\/embeddings$/, 'openai', 'embeddings.create', names('model input dimensions encoding_format user')],
  [
    /^\/v1\/messages$/,
    'anthropic',
    'messages.create',
    names(
      'model messages max_tokens system stream temperature top_p top_k stop_sequences tools tool_choice ' +
        'metadata thinking service_tier',
    ),
  ],
];

const GEMINI = /^\/v1(?:beta)?\/(?:models\/)?(.+):(generateContent|streamGenerateContent)$/;
/** Gemini's SDKs take what is in here together with what stands beside it. */
const GEMINI_SETTINGS: readonly string[] = ['generationConfig', 'generation_config'];

/** @param path without its query */
export function sdkCall(path: string, text: string): SdkCall {
  const body = parseArguments(text);
  if (!isObject(body)) return { sdk: null, body };
  const method = METHODS.find(([pattern]) => pattern.test(path));
  if (method !== undefined) {
    const [, sdk, name, known] = method;
    return { sdk, method: name, body, known, streamed: body['stream'] === true };
  }
  const [, model, verb] = GEMINI.exec(path) ?? [];
  if (model === undefined) return { sdk: null, body };
  const { contents, ...others } = body;
  const settings = GEMINI_SETTINGS.map((name) => others[name]).find(isObject) ?? {};
  // The address names the model.
  const further = Object.entries(others).filter(
    ([name]) => name !== 'model' && !GEMINI_SETTINGS.includes(name),
  );
  const config = { ...settings, ...Object.fromEntries(further) };
  const streamed = verb === 'streamGenerateContent';
  return { sdk: 'google', model: decoded(model), contents, config, streamed };
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
