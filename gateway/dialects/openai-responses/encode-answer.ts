/** Answers to clients, streamed and whole. */
import type { TokenCounts } from '../../../contract/log/row.ts';
import type { FinishReason, StreamPart } from '../../core/canonical/stream-parts.ts';
import type { AnswerContext, StreamEncoder } from '../../core/client-shape.ts';
import type { JsonObject } from '../../core/json.ts';
import { describeUpstreamError, type OpenAiError } from '../../core/openai-error.ts';
import { createOutput } from './encode-output.ts';
import { endingOf } from './finish.ts';
import { writeEvent, writeFailure } from './render.ts';
import { responseObject, type ResponseState } from './response-object.ts';

/** This dialect has no finish reason for a call that nobody can read; the answer has failed. */
const BROKEN_CALL: OpenAiError = {
  message: 'The model wrote a call of a tool that cannot be read.',
  type: 'server_error',
  param: null,
  code: 'server_error',
};

/** @param parts of a complete answer */
export function encodeAnswer(parts: readonly StreamPart[], context: AnswerContext): string {
  const answer = createAnswer(() => undefined, context);
  for (const part of parts) answer.take(part);
  answer.close();
  return JSON.stringify(answer.object('ended'));
}

export function encodeStream(context: AnswerContext): StreamEncoder {
  let written = '';
  let sequenceNumber = 0;
  let begun = false;

  function emit(type: string, members: JsonObject): void {
    written += writeEvent(type, sequenceNumber, members);
    sequenceNumber += 1;
  }

  const answer = createAnswer(emit, context);

  function begin(): void {
    if (begun) return;
    begun = true;
    emit('response.created', { response: answer.object('in_progress') });
    emit('response.in_progress', { response: answer.object('in_progress') });
  }

  function flush(): string {
    const text = written;
    written = '';
    return text;
  }

  function failWith(error: OpenAiError): string {
    return flush() + writeFailure(error, answer.object('in_progress'), sequenceNumber);
  }

  return {
    encode(part) {
      // The name of the model that answers stands in the first event.
      if (part.kind === 'response-start') answer.take(part);
      begin();
      if (part.kind !== 'response-start') answer.take(part);
      return flush();
    },
    end() {
      begin();
      answer.close();
      const { status } = answer.ending();
      if (status === 'failed') return failWith(BROKEN_CALL);
      emit(`response.${status}`, { response: answer.object('ended') });
      return flush();
    },
    fail(error) {
      begin();
      return failWith(describeUpstreamError(error));
    },
  };
}

/** One answer as it grows. */
function createAnswer(emit: (type: string, members: JsonObject) => void, context: AnswerContext) {
  const output = createOutput(emit, context);
  const id = context.newId('resp_');
  let { model } = context.request;
  let usage: TokenCounts | null = null;
  let finish: FinishReason | null = null;
  let refusal = false;
  const ending = () => endingOf(finish, refusal);

  return {
    ending,
    take(part: StreamPart): void {
      if (part.kind === 'response-start') model = part.model === '' ? model : part.model;
      else if (part.kind === 'usage') usage = part.usage;
      else if (part.kind === 'finish') finish = (part.candidate ?? 0) > 0 ? finish : part.reason;
      else {
        refusal ||= part.kind === 'refusal-delta' && part.text !== '';
        output.take(part);
      }
    },
    /** Ends what is open. */
    close(): void {
      output.close(ending().status === 'completed');
      for (const item of output.items()) {
        const { id } = item;
        if (typeof id === 'string') context.keepItem?.({ ...item, id });
      }
    },
    object(stage: 'in_progress' | 'ended'): JsonObject {
      const end = ending();
      const failed = stage === 'ended' && end.status === 'failed';
      const state: ResponseState = {
        id,
        model,
        ending: stage === 'ended' ? end : { status: 'in_progress' },
        output: output.items(),
        usage,
        error: failed ? { type: BROKEN_CALL.type, code: 'server_error', message: BROKEN_CALL.message } : null,
      };
      return responseObject(state, context);
    },
  };
}
