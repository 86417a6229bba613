/** Whether an answer has the form it was asked to have. */
import type { AnswerFormat } from '../../../contract/rpc/procedures/chat-content.ts';
import { judgeAside } from './judge-aside.ts';
import { judge, type AnswerFault } from './schema-judge.ts';

export interface AnswerCheck {
  /** Null where the answer is no JSON at all; empty where it is as it was asked to be. */
  readonly problems: readonly AnswerFault[] | null;
}

/** @returns null where no form was asked for, or its schema cannot judge, or not in time */
export async function checkAnswer(format: AnswerFormat, text: string): Promise<AnswerCheck | null> {
  if (format.kind === 'text') return null;
  const answer = parsed(text);
  if (answer === undefined) return { problems: null };
  if (format.kind === 'json') return { problems: [] };
  const schema = parsed(format.schema);
  if (!isSchema(schema)) return null;
  const task = { schema, answer };
  const problems = await (typeof Worker === 'undefined' ? judge(task) : judgeAside(task));
  return problems === null ? null : { problems };
}

const isSchema = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
