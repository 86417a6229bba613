/** Writes chat answers as a server of OpenAI's dialect with reasoning does (`reasoning_content`). */
import type { JsonObject } from '../../../core/json.ts';
import type { Memory } from '../memory.ts';
import { pieces } from '../read-members.ts';
import type { Answer, Finish, Piece, Seen, Spent } from '../scene.ts';
import type { SpokenRequest } from '../speaker.ts';

const FINISH: Readonly<Record<Finish, string>> = {
  stop: 'stop',
  length: 'length',
  calls: 'tool_calls',
  refused: 'stop',
  filtered: 'content_filter',
};

const usageOf = ({ input, cached, output, reasoning }: Spent): JsonObject => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
  prompt_tokens_details: { cached_tokens: cached, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: reasoning, audio_tokens: 0 },
});

const joined = (all: readonly Piece[], kind: 'text' | 'thinking'): string | null => {
  const found = all.flatMap((piece) => (piece.kind === kind ? piece.deltas : []));
  return found.length === 0 ? null : found.join('');
};

interface WrittenCall {
  readonly id: string;
  readonly type: 'function' | 'custom';
  readonly name: string;
  readonly input: string;
  readonly deltas: number;
}

function callsOf(answer: Answer, memory: Memory): readonly WrittenCall[] {
  const thought = joined(answer.pieces, 'thinking');
  return answer.pieces.flatMap((piece): readonly WrittenCall[] => {
    if (piece.kind !== 'call' && piece.kind !== 'custom-call') return [];
    const id = memory.callId('call_chat_');
    if (thought !== null) memory.thinkAt(id);
    const { name } = piece;
    return piece.kind === 'call'
      ? [{ id, type: 'function', name, input: JSON.stringify(piece.input), deltas: piece.deltas }]
      : [{ id, type: 'custom', name, input: piece.input, deltas: 3 }];
  });
}

const bodyOf = ({ type, name, input }: WrittenCall): JsonObject =>
  type === 'function' ? { function: { name, arguments: input } } : { custom: { name, input } };

export function writeAnswer(answer: Answer, seen: Seen, _request: SpokenRequest, memory: Memory): JsonObject {
  const calls = callsOf(answer, memory);
  const thought = joined(answer.pieces, 'thinking');
  if (thought !== null) memory.sign(thought, '');
  const refusal = answer.pieces.find((piece) => piece.kind === 'refusal')?.text ?? null;
  const message = {
    role: 'assistant',
    content: joined(answer.pieces, 'text'),
    refusal,
    annotations: [],
    ...(thought === null ? {} : { reasoning_content: thought }),
    ...(calls.length === 0
      ? {}
      : { tool_calls: calls.map((call) => ({ id: call.id, type: call.type, ...bodyOf(call) })) }),
  };
  return {
    id: memory.id('chatcmpl-'),
    object: 'chat.completion',
    created: 1_790_000_000,
    model: seen.model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: FINISH[answer.finish] }],
    usage: usageOf(answer.spent),
    service_tier: 'default',
    system_fingerprint: 'fp_1',
  };
}

export function writeEvents(
  answer: Answer,
  seen: Seen,
  { body }: SpokenRequest,
  memory: Memory,
): readonly string[] {
  const id = memory.id('chatcmpl-');
  const options = body['stream_options'];
  const withUsage =
    typeof options === 'object' &&
    options !== null &&
    'include_usage' in options &&
    options.include_usage === true;
  const chunk = (choices: readonly JsonObject[], usage: JsonObject | null): string => {
    const value = {
      id,
      object: 'chat.completion.chunk',
      created: 1_790_000_000,
      model: seen.model,
      service_tier: 'default',
      system_fingerprint: 'fp_1',
      choices,
      ...(withUsage ? { usage } : {}),
      obfuscation: 'x7Kd',
    };
    return `data: ${JSON.stringify(value)}\n\n`;
  };
  const delta = (value: JsonObject): string =>
    chunk([{ index: 0, delta: value, logprobs: null, finish_reason: null }], null);
  const thought = joined(answer.pieces, 'thinking');
  if (thought !== null) memory.sign(thought, '');
  const calls = callsOf(answer, memory);
  return [
    delta({ role: 'assistant', content: '', refusal: null }),
    ...answer.pieces.flatMap((piece): readonly string[] => {
      if (piece.kind === 'text') return piece.deltas.map((content) => delta({ content }));
      if (piece.kind === 'thinking') {
        return piece.deltas.map((reasoning_content) => delta({ content: null, reasoning_content }));
      }
      return piece.kind === 'refusal' ? pieces(piece.text, 3).map((refusal) => delta({ refusal })) : [];
    }),
    ...calls.flatMap((call, index) => [
      delta({
        tool_calls: [{ index, id: call.id, type: call.type, ...bodyOf({ ...call, input: '' }) }],
      }),
      ...pieces(call.input, call.deltas).map((piece) =>
        delta({
          tool_calls: [
            { index, [call.type]: call.type === 'function' ? { arguments: piece } : { input: piece } },
          ],
        }),
      ),
    ]),
    chunk([{ index: 0, delta: {}, logprobs: null, finish_reason: FINISH[answer.finish] }], null),
    ...(withUsage ? [chunk([], usageOf(answer.spent))] : []),
    'data: [DONE]\n\n',
  ];
}
