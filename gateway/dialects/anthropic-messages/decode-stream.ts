/** Reads the events of an upstream's stream into parts. */
import { isCutShort, type StreamPart } from '../../core/canonical/stream-parts.ts';
import type { StreamDecoder } from '../../core/dialect.ts';
import { isObject, parseArguments, type JsonObject } from '../../core/json.ts';
import { readErrorValue } from '../../core/read-error.ts';
import type { ServerSentEvent } from '../../core/sse.ts';
import { createBlockReader } from './read-blocks.ts';
import { readStopReason } from './stop-reason.ts';
import type { UsageDetails } from '../../core/usage.ts';
import {
  countTokens,
  NO_DETAILS,
  readDetails,
  readFigures,
  withDetails,
  type UsageFigures,
} from './usage.ts';

export interface EventDecoder {
  readonly read: (event: JsonObject) => readonly StreamPart[];
  readonly complete: boolean;
}

export function decodeStream(): StreamDecoder {
  const events = createEventDecoder();
  return {
    decode({ name, data }: ServerSentEvent) {
      if (data === null) return [];
      const value = parseArguments(data);
      if (name === 'error') return [{ kind: 'error', error: readErrorValue(200, value ?? data) }];
      return isObject(value) ? events.read(value) : [];
    },
    // Whatever is owed was given with `message_stop`; without it the stream is not whole.
    end: () => [],
    get complete() {
      return events.complete;
    },
  };
}

export function createEventDecoder(): EventDecoder {
  const blocks = createBlockReader();
  let started = false;
  let finished = false;
  let complete = false;
  let figures: UsageFigures = {};
  let details: UsageDetails = NO_DETAILS;

  function read(event: JsonObject): readonly StreamPart[] {
    switch (event['type']) {
      case 'message_start':
        return start(isObject(event['message']) ? event['message'] : {});
      case 'content_block_start':
        return blocks.start(event['index'], isObject(event['content_block']) ? event['content_block'] : {});
      case 'content_block_delta':
        return blocks.delta(event['index'], isObject(event['delta']) ? event['delta'] : {});
      case 'content_block_stop':
        return blocks.stop(event['index']);
      case 'message_delta':
        return delta(isObject(event['delta']) ? event['delta'] : {}, event['usage']);
      case 'message_stop':
        complete = true;
        return finished ? [] : finish('end_turn', null, null);
      case 'error':
        return [{ kind: 'error', error: readErrorValue(200, event) }];
      default:
        return isObject(event['error']) ? [{ kind: 'error', error: readErrorValue(200, event) }] : [];
    }
  }

  /** Proxies send it twice. One that comes after content begins the answer again, and nothing can be taken back. */
  function start(message: JsonObject): readonly StreamPart[] {
    if (blocks.any) return [{ kind: 'error', error: RESTARTED }];
    figures = { ...figures, ...readFigures(message['usage']) };
    details = { ...details, ...readDetails(message['usage']) };
    if (started) return [];
    started = true;
    return [{ kind: 'response-start', id: text(message['id']), model: text(message['model']) }];
  }

  function delta(change: JsonObject, usage: unknown): readonly StreamPart[] {
    figures = { ...figures, ...readFigures(usage) };
    details = { ...details, ...readDetails(usage) };
    const reason = text(change['stop_reason']);
    if (reason === '' || finished) return counts();
    return finish(reason, change['stop_sequence'], change['stop_details']);
  }

  function finish(reason: string, sequence: unknown, details: unknown): readonly StreamPart[] {
    finished = true;
    const read = readStopReason(reason, blocks.calledTools);
    const words = reason === 'refusal' && isObject(details) ? text(details['explanation']) : '';
    return [
      ...blocks.stopAll(isCutShort(read)),
      ...(words === '' ? [] : [{ kind: 'refusal-delta', text: words } as const]),
      ...counts(),
      {
        kind: 'finish',
        reason: read,
        ...(typeof sequence === 'string' ? { stopSequence: sequence } : {}),
      },
    ];
  }

  function counts(): readonly StreamPart[] {
    const usage = countTokens(figures);
    return usage === null ? [] : [{ kind: 'usage', usage, ...withDetails(details) }];
  }

  return {
    read,
    get complete() {
      return complete;
    },
  };
}

const RESTARTED = {
  status: 200,
  code: 'answer_restarted',
  type: 'api_error',
  message: 'The upstream began its answer again in the middle of it.',
  details: {},
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
