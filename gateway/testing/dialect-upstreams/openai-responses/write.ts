/** Writes answers of the Responses API: whole, and as its events. */
import type { JsonObject } from '../../../core/json.ts';
import type { Memory } from '../memory.ts';
import { listIn, pieces } from '../read-members.ts';
import type { Answer, Finish, Piece, Seen, Spent } from '../scene.ts';
import type { SpokenRequest } from '../speaker.ts';
import { eventsOfItem } from './item-events.ts';

const usageOf = ({ input, cached, output, reasoning }: Spent): JsonObject => ({
  input_tokens: input,
  input_tokens_details: { cached_tokens: cached },
  output_tokens: output,
  output_tokens_details: { reasoning_tokens: reasoning },
  total_tokens: input + output,
});

const CUT_SHORT: Readonly<Partial<Record<Finish, string>>> = {
  length: 'max_output_tokens',
  filtered: 'content_filter',
};

export interface WrittenItem {
  readonly item: JsonObject;
  /** Its text, arguments or summary as they are streamed. */
  readonly deltas: readonly string[];
}

function itemOf(piece: Piece, encrypted: boolean, memory: Memory): WrittenItem {
  switch (piece.kind) {
    case 'text': {
      const content = [{ type: 'output_text', text: piece.deltas.join(''), annotations: [], logprobs: [] }];
      const item = {
        id: memory.id('msg_'),
        type: 'message',
        status: 'completed',
        role: 'assistant',
        content,
      };
      return { item, deltas: piece.deltas };
    }
    case 'refusal': {
      const content = [{ type: 'refusal', refusal: piece.text }];
      const item = {
        id: memory.id('msg_'),
        type: 'message',
        status: 'completed',
        role: 'assistant',
        content,
      };
      return { item, deltas: pieces(piece.text, 3) };
    }
    case 'thinking': {
      const id = memory.id('rs_');
      const text = piece.deltas.join('');
      const signature = memory.sign(text, id);
      const summary = [{ type: 'summary_text', text }];
      const proof = encrypted ? { encrypted_content: signature } : {};
      return { item: { id, type: 'reasoning', summary, ...proof }, deltas: piece.deltas };
    }
    case 'call': {
      const text = JSON.stringify(piece.input);
      const call_id = memory.callId('call_resp_');
      const item = {
        id: memory.id('fc_'),
        type: 'function_call',
        status: 'completed',
        call_id,
        name: piece.name,
        arguments: text,
      };
      return { item, deltas: pieces(text, piece.deltas) };
    }
    case 'custom-call': {
      const call_id = memory.callId('call_resp_');
      const item = {
        id: memory.id('ctc_'),
        type: 'custom_tool_call',
        status: 'completed',
        call_id,
        name: piece.name,
        input: piece.input,
      };
      return { item, deltas: pieces(piece.input, 3) };
    }
  }
}

const itemsOf = (answer: Answer, { body }: SpokenRequest, memory: Memory): readonly WrittenItem[] => {
  const encrypted = listIn(body, 'include').includes('reasoning.encrypted_content');
  return answer.pieces.map((piece) => itemOf(piece, encrypted, memory));
};

function responseOf(id: string, seen: Seen, body: JsonObject, ending: JsonObject): JsonObject {
  return {
    id,
    object: 'response',
    created_at: 1_790_000_000,
    background: false,
    completed_at: null,
    error: null,
    incomplete_details: null,
    instructions: body['instructions'] ?? null,
    max_output_tokens: seen.maxTokens,
    metadata: {},
    model: seen.model,
    output: [],
    parallel_tool_calls: seen.parallel ?? true,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    service_tier: 'default',
    status: 'in_progress',
    store: body['store'] ?? true,
    temperature: 1,
    text: body['text'] ?? { format: { type: 'text' } },
    tool_choice: body['tool_choice'] ?? 'auto',
    tools: body['tools'] ?? [],
    top_p: 1,
    truncation: 'disabled',
    usage: null,
    user: null,
    ...ending,
  };
}

function endingOf(answer: Answer, items: readonly WrittenItem[]): JsonObject {
  const reason = CUT_SHORT[answer.finish];
  return {
    status: reason === undefined ? 'completed' : 'incomplete',
    incomplete_details: reason === undefined ? null : { reason },
    completed_at: 1_790_000_001,
    output: items.map(({ item }) => item),
    usage: usageOf(answer.spent),
  };
}

export function writeAnswer(answer: Answer, seen: Seen, request: SpokenRequest, memory: Memory): JsonObject {
  const items = itemsOf(answer, request, memory);
  return responseOf(memory.id('resp_'), seen, request.body, endingOf(answer, items));
}

export function writeEvents(
  answer: Answer,
  seen: Seen,
  request: SpokenRequest,
  memory: Memory,
): readonly string[] {
  const items = itemsOf(answer, request, memory);
  const id = memory.id('resp_');
  const begun = responseOf(id, seen, request.body, {});
  const ended = responseOf(id, seen, request.body, endingOf(answer, items));
  const events: readonly JsonObject[] = [
    { type: 'response.created', response: begun },
    { type: 'response.in_progress', response: begun },
    ...items.flatMap((item, index) => eventsOfItem(item, index)),
    {
      type: CUT_SHORT[answer.finish] === undefined ? 'response.completed' : 'response.incomplete',
      response: ended,
    },
  ];
  return events.map((event, sequence_number) => eventText({ ...event, sequence_number }));
}

export const eventText = (event: JsonObject): string =>
  `event: ${String(event['type'])}\ndata: ${JSON.stringify(event)}\n\n`;
