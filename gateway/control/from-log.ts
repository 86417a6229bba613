/** Answers of the request log, its problems told to whoever asked. */
import { RpcError } from '../../contract/rpc/errors.ts';
import { LogQuestionError } from '../core/log-question.ts';

/** The log says in a sentence why it cannot be used; that sentence is for whoever asked. */
export async function fromLog<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof RpcError) throw error;
    if (error instanceof LogQuestionError) throw new RpcError('invalid_input', error.message, error.field);
    throw new RpcError('unavailable', error instanceof Error ? error.message : String(error));
  }
}
