/** Reads the answer to a chat as it comes, whatever form it has: a stream, a whole answer, or an error. */
import type { UpstreamError } from '../core/upstream-error.ts';
import type { StreamRedactor } from '../core/redact-stream.ts';
import type { ResponseFacts } from '../core/usage.ts';
import { dialects } from '../dialects/index.ts';
import { createEventFramer } from '../transport/sse.ts';
import { createCallPlaces } from './playground-calls.ts';
import { readDeltas, readWholeAnswer, type Delta } from './playground-deltas.ts';

const dialect = dialects['openai-chat'];

export interface AnswerReader {
  /** @returns the words that can be shown now */
  push(chunk: Uint8Array): readonly Delta[];
  /** The body has ended. @returns the last words */
  end(): readonly Delta[];
  /** The answer says itself that it is whole. */
  readonly complete: boolean;
  readonly error: UpstreamError | null;
  readonly facts: ResponseFacts;
  /** Something bounded has been passed; nothing more is read. */
  readonly tooLong: boolean;
}

/** Characters of text and reasoning a turn may have (contract/rpc/procedures/conversations.ts). */
export const LONGEST_ANSWER = 4_000_000;
/** Bytes of an answer that is not a stream. */
const LARGEST_BODY = 16_777_216;

/** @param redactor made anew for each kind of words, as each is a text of its own */
export function createAnswerReader(
  head: { readonly status: number; readonly contentType: string },
  redactor: () => StreamRedactor,
): AnswerReader {
  const streamed = head.status === 200 && /^text\/event-stream/i.test(head.contentType);
  return streamed ? readStream(createVoices(redactor)) : readWhole(head, createVoices(redactor));
}

/** Takes secrets out of each kind of words by itself, and of each call's arguments. */
function createVoices(redactor: () => StreamRedactor) {
  const voices = new Map<string, { readonly of: Delta; readonly voice: StreamRedactor }>();
  const clean = (word: string): string => {
    const once = redactor();
    return once.push(word) + once.rest();
  };
  const places = createCallPlaces();
  let shown = 0;
  const spoken = (deltas: readonly Delta[]): readonly Delta[] => {
    for (const { text } of deltas) shown += text.length;
    return deltas.filter(({ text, call }) => text !== '' || (call?.name ?? '') !== '');
  };
  return {
    get tooLong() {
      return shown > LONGEST_ANSWER;
    },
    say: (deltas: readonly Delta[]): readonly Delta[] =>
      spoken(
        deltas.map((told) => {
          const delta = told.call === undefined ? told : { ...told, call: places.place(told.call) };
          const key = `${delta.kind} ${delta.call?.index ?? ''}`;
          const { voice } = voices.get(key) ?? { voice: redactor() };
          voices.set(key, { of: delta, voice });
          const text = voice.push(delta.text);
          if (delta.call === undefined) return { ...delta, text };
          const { index, id, name } = delta.call;
          return { ...delta, text, call: { index, id: clean(id), name: clean(name) } };
        }),
      ),
    rest: (): readonly Delta[] =>
      spoken(
        [...voices.values()].map(({ of, voice }) => {
          const text = voice.rest();
          return of.call === undefined
            ? { ...of, text }
            : { ...of, text, call: { index: of.call.index, id: '', name: '' } };
        }),
      ),
  };
}

type Voices = ReturnType<typeof createVoices>;

function readStream(voices: Voices): AnswerReader {
  const framer = createEventFramer();
  const observer = dialect.observeStream({ withholdUsage: false });
  let complete = false;
  let error: UpstreamError | null = null;

  const take = (events: Uint8Array): readonly Delta[] => {
    const seen = observer.observe(events);
    complete ||= seen.complete;
    error ??= seen.error;
    return voices.say(readDeltas(events));
  };
  return {
    push(chunk) {
      const events = voices.tooLong ? null : framer.push(chunk);
      return events === null ? [] : take(events);
    },
    end() {
      const rest = framer.rest();
      return [...(rest === null ? [] : take(rest)), ...voices.rest()];
    },
    get complete() {
      return complete && error === null;
    },
    get error() {
      return error;
    },
    get facts() {
      return observer.facts();
    },
    get tooLong() {
      return voices.tooLong;
    },
  };
}

function readWhole(
  head: { readonly status: number; readonly contentType: string },
  voices: Voices,
): AnswerReader {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  let facts: ResponseFacts = { usage: null, finishReason: null, model: null };
  let complete = false;
  let error: UpstreamError | null = null;

  return {
    push(chunk) {
      bytes += chunk.length;
      if (bytes <= LARGEST_BODY) chunks.push(chunk);
      return [];
    },
    end() {
      const body = Buffer.concat(chunks);
      if (head.status !== 200) {
        error = dialect.readError(head.status, body);
        return [];
      }
      const verdict = dialect.judgeAnswer(body, head.contentType);
      if (verdict.kind === 'error') ({ error } = verdict);
      if (verdict.kind !== 'answer') return [];
      ({ facts } = verdict);
      complete = true;
      return [...voices.say(readWholeAnswer(body.toString())), ...voices.rest()];
    },
    get complete() {
      return complete;
    },
    get error() {
      return error;
    },
    get facts() {
      return facts;
    },
    get tooLong() {
      return bytes > LARGEST_BODY || voices.tooLong;
    },
  };
}
