/**
 * Turns as Gemini wants them: user and model in turn, the results of a step's calls all together directly behind
 * it and in their order.
 */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type {
  AssistantPart,
  ToolCallPart,
  ToolResultPart,
  Turn,
  UserPart,
} from '../../core/canonical/parts.ts';
import type { Warn } from '../../core/canonical/request.ts';

export type Step =
  | { readonly role: 'user'; readonly parts: readonly UserPart[] }
  | { readonly role: 'assistant'; readonly parts: readonly AssistantPart[] };

export function stepsOf(turns: readonly Turn[], warn: Warn): readonly Step[] {
  const steps = answered(alternating(turns, warn));
  return steps.map((step, index) => {
    if (step.role === 'assistant') return step;
    const before = steps[index - 1];
    const calls =
      before?.role === 'assistant' ? before.parts.filter((part) => part.kind === 'tool-call') : [];
    return { role: 'user', parts: paired(step.parts, calls, warn) };
  });
}

/** Calls at the end of a conversation get results too. */
function answered(steps: readonly Step[]): readonly Step[] {
  const last = steps.at(-1);
  const called = last?.role === 'assistant' && last.parts.some(({ kind }) => kind === 'tool-call');
  return called ? [...steps, { role: 'user', parts: [] }] : steps;
}

/** Gemini has no instructions in the middle of a conversation; the user says them. */
function alternating(turns: readonly Turn[], warn: Warn): readonly Step[] {
  const steps: Step[] = [];
  for (const turn of turns) {
    const last = steps.at(-1);
    if (turn.parts.length === 0) continue;
    if (turn.role === 'system' && last !== undefined) warn(remark('instructions-as-user'));
    if (turn.role === 'assistant') {
      if (last?.role !== 'assistant') steps.push(turn);
      else steps[steps.length - 1] = { role: 'assistant', parts: [...last.parts, ...turn.parts] };
    } else if (last?.role !== 'user') steps.push({ role: 'user', parts: turn.parts });
    else steps[steps.length - 1] = { role: 'user', parts: [...last.parts, ...turn.parts] };
  }
  return steps;
}

/** As many results as calls: what histories have lost is made up for, what belongs to no call becomes text. */
function paired(parts: readonly UserPart[], calls: readonly ToolCallPart[], warn: Warn): readonly UserPart[] {
  const results = parts.filter((part) => part.kind === 'tool-result');
  const taken = new Set<ToolResultPart>();
  const answers = calls.map((call) => {
    const found = results.find((result) => result.id === call.id && !taken.has(result));
    if (found === undefined) {
      warn(remark('empty-result-added'));
      return noResult(call);
    }
    taken.add(found);
    return { ...found, name: call.name };
  });
  const rest = parts.flatMap((part): readonly UserPart[] => {
    if (part.kind !== 'tool-result') return [part];
    if (taken.has(part)) return [];
    warn(remark('lone-result-as-text'));
    return part.content.length === 0 ? [] : part.content;
  });
  return [...answers, ...rest];
}

const noResult = ({ id, name, custom }: ToolCallPart): ToolResultPart => ({
  kind: 'tool-result',
  id,
  name,
  content: [],
  failed: false,
  custom,
});
