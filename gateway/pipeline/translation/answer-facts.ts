/** What routing and the log learn from an answer's parts. */
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import type { ResponseFacts } from '../../core/usage.ts';

/** True for what ends failover: anything a client could show, or the end. */
export function isContent(part: StreamPart): boolean {
  switch (part.kind) {
    case 'text-delta':
    case 'refusal-delta':
    case 'reasoning-delta':
      return part.text !== '';
    case 'tool-call-start':
    case 'media':
    case 'finish':
      return true;
    case 'reasoning-end':
      return part.signature !== null;
    default:
      return false;
  }
}

/** The facts with one more part. Finish reasons stand in the log in OpenAI's words, whatever the dialect. */
export function withPart(facts: ResponseFacts, part: StreamPart): ResponseFacts {
  switch (part.kind) {
    case 'response-start':
      return part.model === '' ? facts : { ...facts, model: part.model };
    case 'usage':
      return {
        ...facts,
        usage: part.usage,
        ...(part.cost === undefined ? {} : { cost: part.cost }),
        ...(part.details === undefined ? {} : { details: part.details }),
      };
    case 'finish':
      return { ...facts, finishReason: REASONS[part.reason] };
    default:
      return facts;
  }
}

const REASONS: Readonly<Record<Extract<StreamPart, { kind: 'finish' }>['reason'], string>> = {
  stop: 'stop',
  'stop-sequence': 'stop',
  length: 'length',
  'context-full': 'length',
  'tool-calls': 'tool_calls',
  filtered: 'content_filter',
  refused: 'refusal',
  paused: 'pause_turn',
  'broken-call': 'malformed_tool_call',
};
