/** Reads `messages` into turns. */
import type { AssistantPart, TextPart, ToolResultPart, Turn, UserPart } from '../../core/canonical/parts.ts';
import type { Warn } from '../../core/canonical/request.ts';
import { isArray } from '../../core/json.ts';
import { BLOCKS, oneOf } from '../../core/allowed.ts';
import { below, readObject, refuse, wordOf, type Path } from '../../core/json-read.ts';
import { readAssistantBlock, readUserBlock } from './decode-blocks.ts';
import { readInstructions } from './decode-system.ts';

const ROLES = ['user', 'assistant', 'system'] as const;

/** Calls of the conversation so far: their names and their order. */
type Calls = Map<string, { readonly name: string; readonly place: number }>;

/** @returns the turns, and instructions that stood before the first of them */
export function readTurns(
  messages: readonly unknown[],
  warn: Warn,
): { readonly opening: readonly TextPart[]; readonly turns: readonly Turn[] } {
  const calls: Calls = new Map();
  const opening: TextPart[] = [];
  const turns: Turn[] = [];
  for (const [index, value] of messages.entries()) {
    const at = below('messages', index);
    const message = readObject(value, at);
    const content = message['content'] ?? null;
    const path = below(at, 'content');
    switch (wordOf(message, 'role', at, ROLES)) {
      case 'user':
        addTurn(turns, { role: 'user', parts: readUser(content, path, calls, warn) });
        break;
      case 'assistant':
        addTurn(turns, { role: 'assistant', parts: readAssistant(content, path, calls, warn) });
        break;
      case 'system': {
        const parts = readInstructions(content, path, warn);
        if (turns.length === 0) opening.push(...parts);
        else addTurn(turns, { role: 'system', parts });
        break;
      }
      case null:
        refuse(below(at, 'role'), oneOf(ROLES), message['role']);
    }
  }
  return { opening, turns: turns.map((turn) => resultsFirst(turn, calls)) };
}

/** Neighbours of one speaker are one turn; a message without content is none. */
function addTurn(turns: Turn[], turn: Turn): void {
  if (turn.parts.length === 0) return;
  const last = turns.at(-1);
  if (last?.role === 'user' && turn.role === 'user') {
    turns.splice(-1, 1, { role: 'user', parts: [...last.parts, ...turn.parts] });
  } else if (last?.role === 'assistant' && turn.role === 'assistant') {
    turns.splice(-1, 1, { role: 'assistant', parts: [...last.parts, ...turn.parts] });
  } else if (last?.role === 'system' && turn.role === 'system') {
    turns.splice(-1, 1, { role: 'system', parts: [...last.parts, ...turn.parts] });
  } else {
    turns.push(turn);
  }
}

function readUser(content: unknown, path: Path, calls: Calls, warn: Warn): readonly UserPart[] {
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }];
  const names = (id: string): string => calls.get(id)?.name ?? '';
  return blocksOf(content, path).flatMap((block, index) =>
    readUserBlock(readObject(block, below(path, index)), below(path, index), names, warn),
  );
}

function readAssistant(content: unknown, path: Path, calls: Calls, warn: Warn): readonly AssistantPart[] {
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }];
  const parts = blocksOf(content, path).flatMap((block, index) =>
    readAssistantBlock(readObject(block, below(path, index)), below(path, index), warn),
  );
  for (const part of parts) {
    if (part.kind === 'tool-call') calls.set(part.id, { name: part.name, place: calls.size });
  }
  return parts;
}

function blocksOf(content: unknown, path: Path): readonly unknown[] {
  return isArray(content) ? content : refuse(path, BLOCKS, content);
}

/** Results stand before all else, in the order of their calls. */
function resultsFirst(turn: Turn, calls: Calls): Turn {
  if (turn.role !== 'user') return turn;
  const isResult = (part: UserPart): part is ToolResultPart => part.kind === 'tool-result';
  const place = ({ id }: ToolResultPart): number => calls.get(id)?.place ?? calls.size;
  const results = turn.parts.filter(isResult).toSorted((one, other) => place(one) - place(other));
  if (results.length === 0) return turn;
  return { role: 'user', parts: [...results, ...turn.parts.filter((part) => !isResult(part))] };
}
