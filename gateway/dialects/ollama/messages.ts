/** Conversations as Ollama's clients write them: results of tools name the tool, and often no call. */
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
import type { JsonObject } from '../../core/json.ts';
import { arrayOf, below, readObject, stringOf, wordOf, type Path } from '../../core/json-read.ts';
import { readImages } from './images.ts';
import { readCalls } from './tools.ts';

const ROLES = ['system', 'user', 'assistant', 'tool'] as const;

export interface Conversation {
  readonly system: readonly TextPart[];
  readonly turns: readonly Turn[];
}

type OpenTurn =
  | { readonly role: 'user'; readonly results: ToolResultPart[]; readonly parts: UserPart[] }
  | { readonly role: 'assistant'; readonly parts: AssistantPart[] }
  | { readonly role: 'system'; readonly parts: TextPart[] };

/** @throws GatewayError `invalid_request` naming the member that is wrong */
export function readMessages(list: readonly unknown[], warn: Warn): Conversation {
  const system: TextPart[] = [];
  const turns: OpenTurn[] = [];
  /** Every call so far, in order; the value says whether it has its result. */
  const calls = new Map<ToolCallPart, boolean>();
  let made = 0;

  const turnOf = <Role extends OpenTurn['role']>(
    role: Role,
    fresh: () => Extract<OpenTurn, { role: Role }>,
  ): Extract<OpenTurn, { role: Role }> => {
    const last = turns.at(-1);
    if (last !== undefined && hasRole(last, role)) return last;
    const turn = fresh();
    turns.push(turn);
    return turn;
  };
  const userTurn = () => turnOf('user', () => ({ role: 'user', results: [], parts: [] }));

  list.forEach((value, index) => {
    const path = below('messages', index);
    const message = readObject(value, path);
    const role = wordOf(message, 'role', path, ROLES) ?? 'user';
    const text = textParts(stringOf(message, 'content', path));
    switch (role) {
      case 'system':
        if (turns.length === 0) system.push(...text);
        else if (text.length > 0) turnOf('system', () => ({ role: 'system', parts: [] })).parts.push(...text);
        return;
      case 'user':
        return void userTurn().parts.push(...text, ...images(message, path));
      case 'assistant': {
        const { parts } = turnOf('assistant', () => ({ role: 'assistant', parts: [] }));
        const thinking = stringOf(message, 'thinking', path) ?? '';
        if (thinking !== '') parts.push({ kind: 'reasoning', text: thinking, signature: null });
        // The place of a call in the conversation never changes, so neither does its id.
        const called = readCalls(message, path, () => `call_${(made += 1)}`);
        for (const call of called) calls.set(call, false);
        return void parts.push(...text, ...images(message, path), ...called);
      }
      case 'tool': {
        const call = answered(message, path, calls);
        if (call === undefined) {
          warn(remark('result-of-no-call', { path }));
          return;
        }
        calls.set(call, true);
        userTurn().results.push({
          kind: 'tool-result',
          id: call.id,
          name: call.name,
          content: [...text, ...images(message, path)],
          failed: false,
          custom: false,
        });
      }
    }
  });

  const order = [...calls.keys()].map(({ id }) => id);
  return { system, turns: turns.map((turn) => closed(turn, order)).filter(({ parts }) => parts.length > 0) };
}

function hasRole<Role extends OpenTurn['role']>(
  turn: OpenTurn,
  role: Role,
): turn is Extract<OpenTurn, { role: Role }> {
  return turn.role === role;
}

/** The call a result belongs to: by id, else the first unanswered one of that tool, else the first unanswered. */
function answered(
  message: JsonObject,
  path: Path,
  calls: ReadonlyMap<ToolCallPart, boolean>,
): ToolCallPart | undefined {
  const open = [...calls].flatMap(([call, done]) => (done ? [] : [call]));
  const id = stringOf(message, 'tool_call_id', path) ?? '';
  const name = stringOf(message, 'tool_name', path) ?? stringOf(message, 'name', path) ?? '';
  if (id !== '') {
    const named = open.find((call) => call.id === id);
    if (named !== undefined) return named;
  }
  return name === '' ? open[0] : open.find((call) => call.name === name);
}

function textParts(content: string | null): readonly TextPart[] {
  return content === null || content === '' ? [] : [{ kind: 'text', text: content }];
}

function images(message: JsonObject, path: Path) {
  return readImages(arrayOf(message, 'images', path) ?? [], below(path, 'images'));
}

/** Results of tools come first in a user's turn, in the order of their calls. */
function closed(turn: OpenTurn, order: readonly string[]): Turn {
  if (turn.role !== 'user') return turn;
  const results = turn.results.toSorted((one, other) => order.indexOf(one.id) - order.indexOf(other.id));
  return { role: 'user', parts: [...results, ...turn.parts] };
}
