/** What an answer says when its parts are put together, for tests to compare. */
import type { TokenCounts } from '../../contract/log/row.ts';
import type { Signature } from '../core/canonical/signature.ts';
import type { FinishReason, StreamPart } from '../core/canonical/stream-parts.ts';

export interface Gathered {
  id: string;
  model: string;
  text: string;
  refusal: string;
  reasoning: { text: string; signature: Signature | null }[];
  calls: { id: string; name: string; input: string }[];
  citations: { url: string; start: number; end: number }[];
  usage: TokenCounts | null;
  /** input, cacheRead, cacheWrite, output, reasoning */
  tokens: readonly number[];
  finish: FinishReason | null;
  stopSequence: string | null;
}

export function gather(parts: readonly StreamPart[]): Gathered {
  const seen: Gathered = {
    id: '',
    model: '',
    text: '',
    refusal: '',
    reasoning: [],
    calls: [],
    citations: [],
    usage: null,
    tokens: [],
    finish: null,
    stopSequence: null,
  };
  let thought = '';
  for (const part of parts) {
    switch (part.kind) {
      case 'response-start':
        seen.id = part.id;
        seen.model = part.model;
        break;
      case 'text-delta':
        seen.text += part.text;
        break;
      case 'refusal-delta':
        seen.refusal += part.text;
        break;
      case 'reasoning-start':
        thought = '';
        break;
      case 'reasoning-delta':
        thought += part.text;
        break;
      case 'reasoning-end':
        seen.reasoning.push({ text: thought, signature: part.signature });
        break;
      case 'tool-call-start':
        seen.calls[part.index] = { id: part.id, name: part.name, input: '' };
        break;
      case 'tool-call-delta': {
        const call = seen.calls[part.index];
        if (call !== undefined) call.input += part.text;
        break;
      }
      case 'citation':
        seen.citations.push({ url: part.url, start: part.start, end: part.end });
        break;
      case 'usage': {
        const { input, cacheRead, cacheWrite, output, reasoning } = part.usage;
        seen.usage = part.usage;
        seen.tokens = [input, cacheRead, cacheWrite, output, reasoning];
        break;
      }
      case 'finish':
        seen.finish = part.reason;
        seen.stopSequence = part.stopSequence ?? null;
        break;
      default:
        break;
    }
  }
  return seen;
}
