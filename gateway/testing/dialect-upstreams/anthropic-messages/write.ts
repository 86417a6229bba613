/** Writes Anthropic's answers: whole, and as its events. */
import type { JsonObject } from '../../../core/json.ts';
import type { Memory } from '../memory.ts';
import { pieces } from '../read-members.ts';
import type { Answer, Finish, Piece, Seen, Spent } from '../scene.ts';
import type { SpokenRequest } from '../speaker.ts';

const STOP: Readonly<Record<Finish, string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  calls: 'tool_use',
  refused: 'refusal',
  filtered: 'refusal',
};

const usageOf = ({ input, cached, output, reasoning }: Spent): JsonObject => ({
  input_tokens: input - cached,
  cache_read_input_tokens: cached,
  cache_creation_input_tokens: 0,
  cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
  output_tokens: output,
  output_tokens_details: { thinking_tokens: reasoning },
  service_tier: 'standard',
});

interface WrittenBlock {
  readonly block: JsonObject;
  /** What the block starts as in a stream. */
  readonly start: JsonObject;
  readonly deltas: readonly JsonObject[];
}

function blockOf(piece: Piece, thought: boolean, memory: Memory): WrittenBlock {
  switch (piece.kind) {
    case 'text':
      return textBlock(piece.deltas);
    case 'refusal':
      return textBlock(pieces(piece.text, 3));
    case 'thinking': {
      const thinking = piece.deltas.join('');
      const signature = memory.sign(thinking, '');
      return {
        block: { type: 'thinking', thinking, signature },
        start: { type: 'thinking', thinking: '', signature: '' },
        deltas: [
          ...piece.deltas.map((delta) => ({ type: 'thinking_delta', thinking: delta })),
          { type: 'signature_delta', signature },
        ],
      };
    }
    case 'call':
    case 'custom-call': {
      const id = memory.callId('toolu_');
      if (thought) memory.thinkAt(id);
      const input = piece.kind === 'call' ? piece.input : { input: piece.input };
      const count = piece.kind === 'call' ? piece.deltas : 3;
      return {
        block: { type: 'tool_use', id, name: piece.name, input, caller: { type: 'direct' } },
        start: { type: 'tool_use', id, name: piece.name, input: {}, caller: { type: 'direct' } },
        // Without arguments there is not one delta with a text.
        deltas: [
          { type: 'input_json_delta', partial_json: '' },
          ...(count === 0 ? [] : pieces(JSON.stringify(input), count)).map((partial_json) => ({
            type: 'input_json_delta',
            partial_json,
          })),
        ],
      };
    }
  }
}

function blocksOf({ pieces: all }: Answer, memory: Memory): readonly WrittenBlock[] {
  const thought = all.some(({ kind }) => kind === 'thinking');
  return all.map((piece) => blockOf(piece, thought, memory));
}

const textBlock = (deltas: readonly string[]): WrittenBlock => ({
  block: { type: 'text', text: deltas.join('') },
  start: { type: 'text', text: '' },
  deltas: deltas.map((text) => ({ type: 'text_delta', text })),
});

const stopOf = (answer: Answer): JsonObject => ({
  stop_reason: STOP[answer.finish],
  stop_sequence: null,
  stop_details:
    answer.finish === 'refused'
      ? { type: 'refusal', category: 'cyber', explanation: 'This was declined.' }
      : null,
});

const messageOf = (seen: Seen, id: string, more: JsonObject): JsonObject => ({
  id,
  type: 'message',
  role: 'assistant',
  model: seen.model,
  content: [],
  stop_reason: null,
  stop_sequence: null,
  stop_details: null,
  container: null,
  ...more,
});

export function writeAnswer(answer: Answer, seen: Seen, _request: SpokenRequest, memory: Memory): JsonObject {
  const content = blocksOf(answer, memory).map(({ block }) => block);
  return messageOf(seen, memory.id('msg_'), { content, ...stopOf(answer), usage: usageOf(answer.spent) });
}

export function writeEvents(
  answer: Answer,
  seen: Seen,
  _request: SpokenRequest,
  memory: Memory,
): readonly string[] {
  const blocks = blocksOf(answer, memory);
  const begun = usageOf({ ...answer.spent, output: 1, reasoning: 0 });
  const events: readonly JsonObject[] = [
    { type: 'message_start', message: messageOf(seen, memory.id('msg_'), { usage: begun }) },
    { type: 'ping' },
    ...blocks.flatMap(({ start, deltas }, index) => [
      { type: 'content_block_start', index, content_block: start },
      ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
      { type: 'content_block_stop', index },
    ]),
    { type: 'message_delta', delta: stopOf(answer), usage: usageOf(answer.spent) },
    { type: 'message_stop' },
  ];
  // Anthropic pads its lines with spaces.
  return events.map((event) => eventText(event, '     '));
}

export const eventText = (event: JsonObject, padding = ''): string =>
  `event: ${String(event['type'])}\ndata: ${JSON.stringify(event)}${padding}\n\n`;
