/** Answers of upstreams, whole or streamed, read into canonical parts. */
import type { TokenCounts } from '../../../contract/log/row.ts';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import type { StreamDecoder } from '../../core/dialect.ts';
import { isArray, isObject, parseArguments, type JsonObject } from '../../core/json.ts';
import { readBilling } from '../../core/openai-billing.ts';
import { readErrorValue } from '../../core/read-error.ts';
import type { ServerSentEvent } from '../../core/sse.ts';
import { errorOf } from './chunk.ts';
import { createChoiceReader, type ChoiceReader } from './decode-choices.ts';
import { readUsage } from './usage.ts';

const TERMINATOR = '[DONE]';

export function decodeAnswer(body: JsonObject): readonly StreamPart[] {
  const choices = createChoiceReader(idMaker(body));
  const usage = readUsage(body);
  return [
    start(body),
    ...choices.read(choicesIn(body).map(withoutCallIndexes), 'message'),
    ...counts(usage, body),
    ...choices.close(),
  ];
}

function counts(usage: TokenCounts | null, answer: JsonObject): readonly StreamPart[] {
  if (usage === null) return [];
  return [{ kind: 'usage', usage, ...readBilling(answer) }];
}

/**
 * The finish is told at the terminator, as content and token counts may follow the chunk that gives the reason
 * (OpenRouter).
 */
export function decodeStream(): StreamDecoder {
  /** Made with the first chunk that says something; some begin with one of the filters' findings (Azure). */
  let choices: ChoiceReader | undefined;
  let complete = false;
  let failed = false;

  function readValue(value: JsonObject): readonly StreamPart[] {
    const said = choicesIn(value);
    const usage = readUsage(value);
    const error = errorOf(value, said);
    // What nearly every chunk is: more of an answer that has begun.
    if (choices !== undefined && usage === null && error === undefined) return choices.read(said, 'delta');
    const opened: readonly StreamPart[] =
      choices === undefined && (said.length > 0 || usage !== null) ? [start(value)] : [];
    if (opened.length > 0) choices = createChoiceReader(idMaker(value));
    const counted = counts(usage, value);
    if (error !== undefined) {
      failed = true;
      return [...opened, ...counted, { kind: 'error', error: readErrorValue(200, error) }];
    }
    return [...opened, ...(choices?.read(said, 'delta') ?? []), ...counted];
  }

  return {
    decode({ name, data }: ServerSentEvent) {
      if (data === null || complete || failed) return [];
      if (data.trim() === TERMINATOR) {
        complete = true;
        return choices?.close() ?? [];
      }
      const value = parseArguments(data);
      if (name === 'error') {
        failed = true;
        return [{ kind: 'error', error: readErrorValue(200, value ?? data) }];
      }
      return isObject(value) ? readValue(value) : [];
    },
    end: () => (choices?.finished === true && !failed ? choices.close() : []),
    get complete() {
      return complete;
    },
  };
}

function start({ id, model }: JsonObject): StreamPart {
  return {
    kind: 'response-start',
    id: typeof id === 'string' ? id : '',
    model: typeof model === 'string' ? model : '',
  };
}

function choicesIn({ choices }: JsonObject): readonly JsonObject[] {
  return isArray(choices) ? choices.filter(isObject) : [];
}

/** In a whole answer every call is one of its own, whatever index it bears. */
function withoutCallIndexes(choice: JsonObject): JsonObject {
  const { message } = choice;
  const calls = isObject(message) ? message['tool_calls'] : undefined;
  if (!isObject(message) || !isArray(calls)) return choice;
  const free = calls.map((call) => (isObject(call) ? { ...call, index: undefined } : call));
  return { ...choice, message: { ...message, tool_calls: free } };
}

/** Ids for calls without one, which must differ from those of other answers of the conversation. */
function idMaker({ id, created }: JsonObject): (index: number) => string {
  const stem = typeof id === 'string' && id !== '' ? id : typeof created === 'number' ? String(created) : '';
  const own = stem.replaceAll(/[^a-zA-Z0-9]/g, '').slice(-24);
  return (index) => `call_${own}_${index}`;
}
