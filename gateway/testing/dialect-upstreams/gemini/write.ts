/** Writes Gemini's answers: whole, and as the chunks of its stream. */
import type { JsonObject } from '../../../core/json.ts';
import type { Memory } from '../memory.ts';
import { pieces } from '../read-members.ts';
import type { Answer, Finish, Piece, Seen, Spent } from '../scene.ts';
import type { SpokenRequest } from '../speaker.ts';
import { whereOf } from './contents.ts';

const FINISH: Readonly<Record<Finish, string>> = {
  stop: 'STOP',
  length: 'MAX_TOKENS',
  // Calls end as everything else does.
  calls: 'STOP',
  refused: 'STOP',
  filtered: 'SAFETY',
};

const usageOf = ({ input, cached, output, reasoning }: Spent): JsonObject => ({
  promptTokenCount: input,
  candidatesTokenCount: output - reasoning,
  totalTokenCount: input + output,
  ...(cached === 0 ? {} : { cachedContentTokenCount: cached }),
  ...(reasoning === 0 ? {} : { thoughtsTokenCount: reasoning }),
  promptTokensDetails: [{ modality: 'TEXT', tokenCount: input }],
});

/** Each list is the parts of one chunk. */
function chunksOf(answer: Answer, memory: Memory): readonly (readonly JsonObject[])[] {
  // Gemini 3 signs the first call of a step even where no thought is shown; else the end of the text.
  const firstCall = answer.pieces.find(({ kind }) => kind === 'call' || kind === 'custom-call');
  const call = (piece: Piece, name: string, args: JsonObject): readonly JsonObject[] => {
    const part = { functionCall: { name, args } };
    return [piece === firstCall ? { ...part, thoughtSignature: memory.sign('', whereOf(part)) } : part];
  };
  const chunks = answer.pieces.flatMap((piece): readonly (readonly JsonObject[])[] => {
    switch (piece.kind) {
      case 'text':
        return piece.deltas.map((text) => [{ text }]);
      case 'refusal':
        return pieces(piece.text, 3).map((text) => [{ text }]);
      case 'thinking':
        return piece.deltas.map((text) => [{ text, thought: true }]);
      case 'call':
        return [call(piece, piece.name, piece.input)];
      case 'custom-call':
        return [call(piece, piece.name, { input: piece.input })];
    }
  });
  const thought = answer.pieces.some(({ kind }) => kind === 'thinking');
  if (!thought || firstCall !== undefined) return chunks;
  return [...chunks, [{ text: '', thoughtSignature: memory.sign('', 'text') }]];
}

const responseOf = (
  parts: readonly JsonObject[],
  finish: string | null,
  usage: JsonObject,
  model: string,
  responseId: string,
): JsonObject => ({
  candidates: [
    {
      content: { parts, role: 'model' },
      ...(finish === null ? {} : { finishReason: finish }),
      index: 0,
    },
  ],
  usageMetadata: usage,
  modelVersion: model,
  responseId,
});

/** Neighbouring texts of a whole answer are one part. */
function joinTexts(parts: readonly JsonObject[]): readonly JsonObject[] {
  const joined: JsonObject[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    const canJoin =
      typeof last?.['text'] === 'string' &&
      typeof part['text'] === 'string' &&
      last['thought'] === part['thought'] &&
      last['thoughtSignature'] === undefined;
    if (canJoin)
      joined[joined.length - 1] = {
        ...last,
        ...part,
        text: `${String(last['text'])}${String(part['text'])}`,
      };
    else joined.push(part);
  }
  return joined;
}

export function writeAnswer(answer: Answer, seen: Seen, _request: SpokenRequest, memory: Memory): JsonObject {
  const parts = joinTexts(chunksOf(answer, memory).flat());
  return responseOf(parts, FINISH[answer.finish], usageOf(answer.spent), seen.model, memory.id('response-'));
}

export function writeEvents(
  answer: Answer,
  seen: Seen,
  { query }: SpokenRequest,
  memory: Memory,
): readonly string[] {
  const id = memory.id('response-');
  const chunks = chunksOf(answer, memory);
  const soFar = usageOf({ ...answer.spent, output: answer.spent.reasoning });
  const values = chunks.map((parts, index) => {
    const isLast = index === chunks.length - 1;
    return responseOf(
      parts,
      isLast ? FINISH[answer.finish] : null,
      isLast ? usageOf(answer.spent) : soFar,
      seen.model,
      id,
    );
  });
  if (query.get('alt') === 'sse') return values.map((value) => `data: ${JSON.stringify(value)}\r\n\r\n`);
  return [...values.map((value, index) => `${index === 0 ? '[' : ',\r\n'}${JSON.stringify(value)}`), ']'];
}
