/**
 * Checks of answers against the form that is asked for now; each answer is checked once. One that was asked for in no
 * form owes none, and neither do words before calls of tools: the answer comes after their results.
 */
import { shallowReactive, watch } from 'vue';
import type { AnswerFormat } from '../../../contract/rpc/procedures/chat-content.ts';
import type { ConversationTurn } from '../../../contract/rpc/procedures/conversations.ts';
import { checkAnswer, type AnswerCheck } from './answer-check.ts';

/** @returns null while nothing is known, or nothing is asked for */
export function useAnswerChecks(format: () => AnswerFormat): (turn: ConversationTurn) => AnswerCheck | null {
  /** By the turn and its words. */
  const checks = shallowReactive(new Map<string, AnswerCheck | null>());
  /** Asked for, known or not: every check that comes in draws all answers anew, and must not begin the others again. */
  const begun = new Set<string>();
  watch(format, () => {
    checks.clear();
    begun.clear();
  });

  return (turn) => {
    const wanted = format();
    if (wanted.kind === 'text' || !owesForm(turn)) return null;
    const key = `${turn.id} ${turn.text.length}`;
    const known = checks.get(key) ?? null;
    if (begun.has(key)) return known;
    begun.add(key);
    void checkAnswer(wanted, turn.text).then((check) => {
      if (format() === wanted) checks.set(key, check);
    });
    return null;
  };
}

const owesForm = ({ format, figures, text, calls }: ConversationTurn): boolean =>
  format !== 'text' && figures?.outcome === 'ok' && text !== '' && calls.length === 0;
