/**
 * Makes a history one that the API takes: every call of a tool has its result in the very next message, before
 * anything else, and no result is without its call. Histories of other dialects may be cut or in another order.
 */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type {
  AssistantPart,
  TextPart,
  ToolCallPart,
  ToolResultPart,
  Turn,
  UserPart,
} from '../../core/canonical/parts.ts';
import type { Warn } from '../../core/canonical/request.ts';

/** Characters an id may have. */
const LONGEST_ID = 64;

export function pairCalls(turns: readonly Turn[], warn: Warn): readonly Turn[] {
  const used = new Set<string>();
  const paired: Turn[] = [];
  for (let at = 0; at < turns.length;) {
    const turn = turns[at];
    if (turn === undefined) break;
    const next = turns.findIndex(({ role }, index) => index > at && role === 'assistant');
    const end = next === -1 ? turns.length : next;
    if (turn.role === 'assistant') {
      const { parts, calls } = rename(turn.parts, used);
      paired.push({ role: 'assistant', parts }, ...answer(calls, turns.slice(at + 1, end), warn));
    } else {
      paired.push(...answer([], turns.slice(at, end), warn));
    }
    at = end;
  }
  return paired;
}

interface Call {
  /** As it stands in the results. */
  readonly id: string;
  readonly call: ToolCallPart;
}

/** Some servers count their calls anew in every answer; ids must differ in the whole conversation. */
function rename(
  parts: readonly AssistantPart[],
  used: Set<string>,
): { readonly parts: readonly AssistantPart[]; readonly calls: readonly Call[] } {
  const calls: Call[] = [];
  const renamed = parts.map((part) => {
    if (part.kind !== 'tool-call') return part;
    const call = { ...part, id: unused(part.id, used) };
    used.add(call.id);
    calls.push({ id: part.id, call });
    return call;
  });
  return { parts: renamed, calls };
}

function unused(id: string, used: ReadonlySet<string>): string {
  let candidate = id;
  for (let number = 2; used.has(candidate); number += 1) {
    const suffix = `_${number}`;
    candidate = `${id.slice(0, LONGEST_ID - suffix.length)}${suffix}`;
  }
  return candidate;
}

/** What follows an assistant's turn, the results of its calls in front. */
function answer(calls: readonly Call[], followers: readonly Turn[], warn: Warn): readonly Turn[] {
  const given = followers.flatMap((turn) => (turn.role === 'user' ? turn.parts.filter(isResult) : []));
  const taken = new Set<ToolResultPart>();
  const results = calls.map(({ id, call }): ToolResultPart => {
    const result = given.find((one) => one.id === id && !taken.has(one));
    if (result === undefined) {
      warn(remark('result-added'));
      return { ...NO_RESULT, id: call.id, name: call.name };
    }
    taken.add(result);
    return { ...result, id: call.id };
  });
  const rest = followers.map((turn) => {
    if (turn.role !== 'user') return turn;
    return { role: turn.role, parts: turn.parts.flatMap((part) => withoutResults(part, taken, warn)) };
  });
  return results.length === 0 ? rest : [{ role: 'user', parts: results }, ...rest];
}

const isResult = (part: UserPart): part is ToolResultPart => part.kind === 'tool-result';

const NO_RESULT: Omit<ToolResultPart, 'id' | 'name'> = {
  kind: 'tool-result',
  content: [{ kind: 'text', text: 'This call was not answered.' }],
  failed: true,
  custom: false,
};

/** A result whose call is gone still tells the model something. */
function withoutResults(part: UserPart, taken: ReadonlySet<ToolResultPart>, warn: Warn): readonly UserPart[] {
  if (!isResult(part)) return [part];
  if (taken.has(part)) return [];
  warn(remark('result-as-text'));
  const head: TextPart = {
    kind: 'text',
    text: part.name === '' ? 'Result of a tool:' : `Result of the tool ${part.name}:`,
  };
  return [head, ...part.content];
}
