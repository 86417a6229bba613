/** Writes a complete answer for clients of this dialect. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import { argumentsObject } from '../../core/canonical/call-arguments.ts';
import { isCutShort, type FinishReason, type StreamPart } from '../../core/canonical/stream-parts.ts';
import type { AnswerContext } from '../../core/client-shape.ts';
import type { JsonObject } from '../../core/json.ts';
import { failed } from '../../core/failed.ts';
import { createBlockSorter, type AnswerBlock, type BlockStart } from './answer-blocks.ts';
import { learn, noAnswerYet } from './message.ts';
import { writeStop } from './stop-reason.ts';
import { writeUsage } from './usage.ts';

/** @throws GatewayError `upstream_invalid_response` for a call whose arguments nobody can read */
export function encodeAnswer(parts: readonly StreamPart[], context: AnswerContext): string {
  const sorter = createBlockSorter();
  let state = noAnswerYet(context);
  for (const part of parts) {
    state = learn(state, part, context);
    sorter.add(part);
  }
  const { id, model, usage, finish, stopSequence } = state;
  const { refusal, calledTools } = sorter;
  const reason = finish ?? 'stop';
  return JSON.stringify({
    id,
    type: 'message',
    role: 'assistant',
    model,
    content: sorter.blocks.flatMap((block) => writeBlock(block, reason)),
    ...writeStop({ reason, sequence: stopSequence, refusal, calledTools }),
    usage: writeUsage(usage),
  });
}

function writeBlock({ start, deltas, ended }: AnswerBlock, reason: FinishReason): readonly JsonObject[] {
  switch (start.type) {
    case 'text': {
      const citations = deltas.flatMap((delta) => (delta.type === 'citations_delta' ? [delta.citation] : []));
      const text = deltas.map((delta) => (delta.type === 'text_delta' ? delta.text : '')).join('');
      return [{ type: 'text', text, ...(citations.length === 0 ? {} : { citations }) }];
    }
    case 'thinking': {
      const thinking = deltas
        .map((delta) => (delta.type === 'thinking_delta' ? delta.thinking : ''))
        .join('');
      const proof = deltas.findLast((delta) => delta.type === 'signature_delta');
      return [{ type: 'thinking', thinking, signature: proof?.signature ?? '' }];
    }
    case 'tool_use': {
      const json = deltas
        .map((delta) => (delta.type === 'input_json_delta' ? delta.partial_json : ''))
        .join('');
      // Half of the arguments must not be taken for all of them.
      return !ended && isCutShort(reason) ? [] : writeCall(start, json, reason);
    }
  }
}

/** One that cannot be read is left out where a limit cut it. */
function writeCall(
  start: Extract<BlockStart, { type: 'tool_use' }>,
  json: string,
  reason: FinishReason,
): readonly JsonObject[] {
  const input = argumentsObject(json);
  if (input !== undefined) return [{ ...start, input }];
  if (isCutShort(reason) || reason === 'broken-call') return [];
  throw failed('upstream_invalid_response', remark('arguments-unread', { tool: start.name }));
}
