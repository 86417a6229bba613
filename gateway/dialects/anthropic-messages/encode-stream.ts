/** Writes an answer as the event stream that clients of this dialect read. */
import type { AnswerContext, StreamEncoder } from '../../core/client-shape.ts';
import { createBlockSorter } from './answer-blocks.ts';
import { writeDelta, writeEvent } from './event-text.ts';
import { learn, noAnswerYet } from './message.ts';
import { writeErrorEvent } from './render.ts';
import { writeStop } from './stop-reason.ts';
import { writeUsage } from './usage.ts';

export function encodeStream(context: AnswerContext): StreamEncoder {
  const sorter = createBlockSorter();
  let state = noAnswerYet(context);
  let started = false;
  /** Number of the block at the front, and whether its start was written. */
  let index = 0;
  let opened = false;

  function start(): string {
    if (started) return '';
    started = true;
    const { id, model, usage } = state;
    return writeEvent({
      type: 'message_start',
      message: {
        id,
        type: 'message',
        role: 'assistant',
        model,
        content: [],
        stop_reason: null,
        stop_sequence: null,
        stop_details: null,
        usage: writeUsage(usage),
      },
    });
  }

  /** Everything of the block at the front, and of those behind it once it has ended. */
  function flush(): string {
    let out = '';
    for (let block = sorter.blocks[0]; block !== undefined; block = sorter.blocks[0]) {
      if (!opened) {
        out += `${start()}${writeEvent({ type: 'content_block_start', index, content_block: block.start })}`;
        opened = true;
      }
      for (const delta of block.deltas.splice(0)) out += writeDelta(index, delta);
      if (!block.ended) break;
      out += writeEvent({ type: 'content_block_stop', index });
      sorter.blocks.shift();
      index += 1;
      opened = false;
    }
    return out;
  }

  return {
    encode(part) {
      state = learn(state, part, context);
      sorter.add(part);
      if (part.kind === 'response-start') return start();
      if (part.kind === 'finish') sorter.endAll();
      return flush();
    },
    end() {
      sorter.endAll();
      const content = `${start()}${flush()}`;
      const { usage, finish, stopSequence } = state;
      const { refusal, calledTools } = sorter;
      const stop = { reason: finish ?? 'stop', sequence: stopSequence, refusal, calledTools };
      const delta = writeEvent({
        type: 'message_delta',
        delta: writeStop(stop),
        usage: writeUsage(usage),
      });
      return `${content}${delta}${writeEvent({ type: 'message_stop' })}`;
    },
    fail: (error) => writeErrorEvent(error, context.requestId),
  };
}
