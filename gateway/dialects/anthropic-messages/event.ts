/** What one event of a stream says to somebody who only passes it on. */
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import type { UsageDetails } from '../../core/usage.ts';
import { NO_DETAILS, readDetails, readFigures, type UsageFigures } from './usage.ts';

export interface EventFacts {
  /** Some text, thought, call or result is in it, or the answer has a reason to end. */
  readonly content: boolean;
  readonly finishReason: string | null;
  readonly usage: UsageFigures;
  readonly details: UsageDetails;
  readonly model: string | null;
  readonly kind: 'plain' | 'error' | 'terminator';
}

export function readFacts(event: JsonObject): EventFacts {
  const nothing: EventFacts = {
    content: false,
    finishReason: null,
    usage: {},
    details: NO_DETAILS,
    model: null,
    kind: 'plain',
  };
  switch (event['type']) {
    case 'message_start': {
      const message = isObject(event['message']) ? event['message'] : {};
      const { usage } = message;
      return {
        ...nothing,
        usage: readFigures(usage),
        details: readDetails(usage),
        model: text(message['model']),
      };
    }
    case 'content_block_start':
      return { ...nothing, content: startsContent(event['content_block']) };
    case 'content_block_delta':
      return { ...nothing, content: isObject(event['delta']) && holdsSomething(event['delta']) };
    case 'message_delta': {
      const delta = isObject(event['delta']) ? event['delta'] : {};
      const finishReason = text(delta['stop_reason']);
      const { usage } = event;
      return {
        ...nothing,
        content: finishReason !== null,
        finishReason,
        usage: readFigures(usage),
        details: readDetails(usage),
      };
    }
    case 'message_stop':
      return { ...nothing, kind: 'terminator' };
    case 'error':
      return { ...nothing, kind: 'error' };
    default:
      // Compatible servers put errors of other dialects into the stream.
      return isObject(event['error']) ? { ...nothing, kind: 'error' } : nothing;
  }
}

/** Text and thoughts begin empty; calls, results and redacted thoughts come with something at once. */
function startsContent(block: unknown): boolean {
  if (!isObject(block)) return false;
  const { type } = block;
  if (type === 'text' || type === 'thinking') return holdsSomething(block);
  // It only tells that another model took over.
  return type !== 'fallback';
}

function holdsSomething(value: JsonObject): boolean {
  return Object.entries(value).some(([name, member]) => {
    if (name === 'type') return false;
    if (typeof member === 'string' || isArray(member)) return member.length > 0;
    return isObject(member) && Object.keys(member).length > 0;
  });
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
