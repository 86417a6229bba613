/** Answers as Ollama writes them: one JSON value per line, or a single one for all. */
import { argumentsObject } from '../../core/canonical/call-arguments.ts';
import type { AnswerContext, StreamEncoder } from '../../core/client-shape.ts';
import type { FinishReason, StreamPart } from '../../core/canonical/stream-parts.ts';
import type { JsonObject } from '../../core/json.ts';
import type { TokenCounts } from '../../../contract/log/row.ts';

/** What one piece of an answer brings, in the words of neither of the two calls. */
export interface Piece {
  readonly text: string;
  readonly thinking: string;
  readonly calls: readonly JsonObject[];
  /** Images in base64. */
  readonly images: readonly string[];
}

/** Writes a piece's own members: `message` of a chat, `response` and `thinking` of a generation. */
export type WritePiece = (piece: Piece) => JsonObject;

const NOTHING: Piece = { text: '', thinking: '', calls: [], images: [] };
const NANOSECONDS = 1_000_000;

export function encodeStream(context: AnswerContext, write: WritePiece): StreamEncoder {
  const collect = createCollector();
  return {
    encode(part) {
      const piece = collect.take(part);
      return piece === undefined ? '' : line({ ...head(context), ...write(piece), done: false });
    },
    end: () => line({ ...head(context), ...write(NOTHING), ...tail(context, collect) }),
    fail: (error) => line({ error: error.message }),
  };
}

export function encodeAnswer(
  parts: readonly StreamPart[],
  context: AnswerContext,
  write: WritePiece,
): string {
  const collect = createCollector();
  const pieces = parts.flatMap((part) => collect.take(part) ?? []);
  const whole: Piece = {
    text: pieces.map(({ text }) => text).join(''),
    thinking: pieces.map(({ thinking }) => thinking).join(''),
    calls: pieces.flatMap(({ calls }) => calls),
    images: pieces.flatMap(({ images }) => images),
  };
  return JSON.stringify({ ...head(context), ...write(whole), ...tail(context, collect) });
}

const line = (value: JsonObject): string => `${JSON.stringify(value)}\n`;

function head({ request, created }: AnswerContext): JsonObject {
  return { model: request.model, created_at: new Date(created * 1_000).toISOString() };
}

interface Collector {
  /** @returns undefined for what is only remembered */
  take(part: StreamPart): Piece | undefined;
  readonly usage: TokenCounts | null;
  readonly reason: FinishReason | null;
}

/** Only the first of several answers has a place here. */
function createCollector(): Collector {
  let usage: TokenCounts | null = null;
  let reason: FinishReason | null = null;
  const open = new Map<number, { readonly id: string; readonly name: string; input: string }>();

  return {
    get usage() {
      return usage;
    },
    get reason() {
      return reason;
    },
    take(part) {
      if ('candidate' in part && (part.candidate ?? 0) > 0) return undefined;
      switch (part.kind) {
        case 'text-delta':
        case 'refusal-delta':
          return part.text === '' ? undefined : { ...NOTHING, text: part.text };
        case 'reasoning-delta':
          return part.text === '' ? undefined : { ...NOTHING, thinking: part.text };
        case 'tool-call-start':
          return void open.set(part.index, { id: part.id, name: part.name, input: '' });
        case 'tool-call-delta': {
          const call = open.get(part.index);
          if (call !== undefined) call.input += part.text;
          return undefined;
        }
        case 'tool-call-end': {
          const call = open.get(part.index);
          open.delete(part.index);
          if (call === undefined) return undefined;
          const { id, name, input } = call;
          // Clients that bring the id back make it easier to know the call again.
          const written = { id, function: { index: part.index, name, arguments: argumentsOf(input) } };
          return { ...NOTHING, calls: [written] };
        }
        case 'media':
          return part.media === 'image' && part.source.kind === 'data'
            ? { ...NOTHING, images: [part.source.base64] }
            : undefined;
        case 'usage':
          usage = part.usage;
          return undefined;
        case 'finish':
          reason = part.reason;
          return undefined;
        default:
          return undefined;
      }
    },
  };
}

/** Arguments are an object here; what a model wrote instead of one is kept under a name of its own. */
function argumentsOf(input: string): JsonObject {
  return argumentsObject(input) ?? { input };
}

/** Times are nanoseconds; those nobody measured are left out, as Ollama does. */
function tail({ elapsed }: AnswerContext, { usage, reason }: Collector): JsonObject {
  const total = elapsed === undefined ? undefined : Math.max(1, Math.round(elapsed() * NANOSECONDS));
  return {
    done: true,
    done_reason: reason === 'length' || reason === 'context-full' ? 'length' : 'stop',
    ...(total === undefined ? {} : { total_duration: total, load_duration: 0 }),
    ...(usage === null ? {} : { prompt_eval_count: usage.input }),
    ...(total === undefined ? {} : { prompt_eval_duration: 0 }),
    ...(usage === null ? {} : { eval_count: usage.output }),
    ...(total === undefined ? {} : { eval_duration: total }),
  };
}
