/** Answers of the request log, its problems told to whoever asked. */
import { refusal, RpcError } from '../../contract/rpc/errors.ts';
import { LogQuestionError } from '../core/log-question.ts';
import { causeOf } from '../core/sayings.ts';

/** The log says in a sentence why it cannot be used; that sentence is for whoever asked. */
export async function fromLog<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof RpcError) throw error;
    if (error instanceof LogQuestionError) throw refusal('invalid_input', causeOf(error), error.field);
    throw refusal('unavailable', causeOf(error));
  }
}
