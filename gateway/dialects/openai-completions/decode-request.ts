/** A prompt to be continued, as a chat of one message. */
import { NO_SETTINGS, type CanonicalRequest, type Warn } from '../../core/canonical/request.ts';
import type { RequestFacts } from '../../core/client-shape.ts';
import { GatewayError } from '../../core/errors.ts';
import { isArray, type JsonObject } from '../../core/json.ts';
import { countOf, numberOf, stringOf, stringsOf } from '../../core/json-read.ts';

/** Members that are read, and those that mean nothing to the answer. */
const READ: ReadonlySet<string> = new Set([
  ...['model', 'prompt', 'suffix', 'stream', 'stream_options', 'max_tokens', 'temperature', 'top_p', 'stop'],
  ...['n', 'seed', 'presence_penalty', 'frequency_penalty', 'user'],
]);
/** What asks for nothing needs no warning; `best_of` of one is the default. */
const IDLE: readonly string[] = ['null', 'false', '{}'];

export function decodeRequest(body: JsonObject, facts: RequestFacts, warn: Warn): CanonicalRequest {
  for (const [name, value] of Object.entries(body)) {
    if (READ.has(name) || IDLE.includes(JSON.stringify(value)) || (name === 'best_of' && value === 1))
      continue;
    warn(`${name.slice(0, 60)} has no counterpart in other dialects and was left out.`);
  }
  const text = withSuffix(promptOf(body), stringOf(body, 'suffix', ''), warn);
  return {
    model: facts.model,
    streamed: facts.streamed,
    system: [],
    turns: [{ role: 'user', parts: [{ kind: 'text', text }] }],
    tools: [],
    settings: {
      ...NO_SETTINGS,
      maxTokens: countOf(body, 'max_tokens', '', 1),
      temperature: numberOf(body, 'temperature', ''),
      topP: numberOf(body, 'top_p', ''),
      stop: (stringsOf(body, 'stop', '') ?? []).filter((sequence) => sequence !== ''),
      seed: numberOf(body, 'seed', ''),
      presencePenalty: numberOf(body, 'presence_penalty', ''),
      frequencyPenalty: numberOf(body, 'frequency_penalty', ''),
      candidates: countOf(body, 'n', '', 1),
      user: stringOf(body, 'user', ''),
    },
  };
}

/** One text, alone or in a list. Several, and tokens, only the endpoint itself could take. */
function promptOf({ prompt }: JsonObject): string {
  const texts: readonly unknown[] = isArray(prompt) ? prompt : [prompt];
  const [first, ...more] = texts;
  if (texts.length === 0 || first === undefined || first === null || first === '') {
    throw refused('"prompt" must be a text in quotes that is not empty.');
  }
  if (texts.some((text) => typeof text === 'number' || isArray(text))) {
    throw refused('"prompt" must be a text: a list of tokens can only be read by the model it was made for.');
  }
  if (more.length > 0) {
    throw refused(
      `"prompt" must be one text, but it holds ${texts.length}. Send a request for each of them.`,
    );
  }
  if (typeof first !== 'string') throw refused('"prompt" must be a text in quotes.');
  return first;
}

const refused = (message: string): GatewayError =>
  new GatewayError('invalid_request', message, { field: 'prompt' });

/** Filling in the middle is asked for in words, as a chat has no member for it. */
function withSuffix(prompt: string, suffix: string | null, warn: Warn): string {
  if (suffix === null || suffix === '') return prompt;
  warn('suffix has no counterpart in a chat; the model was asked in words to write what stands between.');
  return [
    'Write only the text that belongs between the two parts below, without repeating them and without any comment.',
    `<before>${prompt}</before>`,
    `<after>${suffix}</after>`,
  ].join('\n\n');
}
