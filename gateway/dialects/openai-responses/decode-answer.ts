/** Answers of upstreams, streamed and whole, in parts. */
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import type { StreamDecoder } from '../../core/dialect.ts';
import type { JsonObject } from '../../core/json.ts';
import { createOutputDecoder, type OutputDecoder } from './decode-output.ts';
import { errorOf, isTerminator, parseEvent, responseOf } from './event.ts';
import { readFinish } from './finish.ts';
import { readBilling } from '../../core/openai-billing.ts';
import { readUsage } from './usage.ts';

/** @param body an answer that was judged good */
export function decodeAnswer(body: JsonObject): readonly StreamPart[] {
  const output = createOutputDecoder();
  return [startOf(body), ...endOf(body, output)];
}

export function decodeStream(): StreamDecoder {
  const output = createOutputDecoder();
  let started = false;
  let complete = false;

  /** Servers that leave `response.created` out are begun by whatever comes first. */
  function start(response: JsonObject): readonly StreamPart[] {
    if (started) return [];
    started = true;
    return [startOf(response)];
  }

  return {
    decode(event) {
      const read = complete ? undefined : parseEvent(event);
      if (read === undefined) return [];
      const error = errorOf(read);
      if (error !== undefined) return [{ kind: 'error', error }];
      const told = responseOf(read.data);
      const response = read.type === 'response.incomplete' ? { ...told, status: 'incomplete' } : told;
      if (isTerminator(read.type)) {
        complete = true;
        return [...start(response), ...endOf(response, output)];
      }
      if (read.type === 'response.created') return start(response);
      const parts = output.event(read);
      return parts.length === 0 ? [] : [...start(response), ...parts];
    },
    // The last event is the end; what was owed came with it.
    end: () => [],
    get complete() {
      return complete;
    },
  };
}

function startOf({ id, model }: JsonObject): StreamPart {
  return {
    kind: 'response-start',
    id: typeof id === 'string' ? id : '',
    model: typeof model === 'string' ? model : '',
  };
}

function endOf(response: JsonObject, output: OutputDecoder): readonly StreamPart[] {
  const rest = output.rest(response);
  const usage = readUsage(response);
  return [
    ...rest,
    ...(usage === null ? [] : [{ kind: 'usage' as const, usage, ...readBilling(response) }]),
    { kind: 'finish', reason: readFinish(response, output.held()) },
  ];
}
