/** A prompt to be continued, as a chat of one message. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import { NO_SETTINGS, type CanonicalRequest, type Warn } from '../../core/canonical/request.ts';
import type { RequestFacts } from '../../core/client-shape.ts';
import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import type { ProblemSaying } from '../../../contract/rpc/problem-sayings.ts';
import { fieldError } from '../../core/body-error.ts';
import type { GatewayError } from '../../core/errors.ts';
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
    warn(remark('no-counterpart', { name: name.slice(0, 60) }));
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
    throw refused('must be a text in quotes that is not empty.', 'body-text-not-empty');
  }
  if (texts.some((text) => typeof text === 'number' || isArray(text))) {
    throw refused(
      'must be a text: a list of tokens can only be read by the model it was made for.',
      'body-tokens',
    );
  }
  if (more.length > 0) {
    const count = texts.length;
    throw refused(
      `must be one text, but it holds ${count}. Send a request for each of them.`,
      'body-one-text',
      {
        count,
      },
    );
  }
  if (typeof first !== 'string') throw refused('must be a text in quotes.', 'body-text');
  return first;
}

const refused = (why: string, saying: ProblemSaying, values: Told['values'] = {}): GatewayError =>
  fieldError('invalid_request', 'prompt', `"prompt" ${why}`, saying, values);

/** Filling in the middle is asked for in words, as a chat has no member for it. */
function withSuffix(prompt: string, suffix: string | null, warn: Warn): string {
  if (suffix === null || suffix === '') return prompt;
  warn(remark('suffix-in-words'));
  return [
    'Write only the text that belongs between the two parts below, without repeating them and without any comment.',
    `<before>${prompt}</before>`,
    `<after>${suffix}</after>`,
  ].join('\n\n');
}
