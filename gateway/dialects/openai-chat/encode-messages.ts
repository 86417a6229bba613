/** A conversation as messages. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { TextPart, ToolCallPart, ToolResultPart, Turn } from '../../core/canonical/parts.ts';
import type { CanonicalRequest, Warn } from '../../core/canonical/request.ts';
import type { Target } from '../../core/dialect.ts';
import type { JsonObject } from '../../core/json.ts';
import { encodeAssistant } from './encode-assistant.ts';
import { cacheControl, encodeContent, type ContentPart } from './encode-content.ts';

/** What a call without a result is answered with: the history was cut, or the user went on without it. */
const NO_RESULT = 'No result was given.';

/**
 * Every call must be answered right behind its message, and nothing else may be answered. So results are taken
 * from wherever they stand before the assistant speaks again, missing ones are made up, and those of no call
 * become words of the user.
 */
export function encodeMessages(
  { system, turns }: CanonicalRequest,
  target: Target,
  warn: Warn,
): readonly JsonObject[] {
  return [
    ...(system.length === 0 ? [] : [systemMessage(system, target)]),
    ...turns.flatMap((turn, index) => encodeTurn(turn, index, turns, target, warn)),
  ];
}

function systemMessage(parts: readonly TextPart[], target: Target): JsonObject {
  const role = target.chat.systemRole;
  const marks = parts.map((part) => cacheControl(part, target));
  if (marks.some((mark) => mark.cache_control !== undefined)) {
    return { role, content: parts.map(({ text }, index) => ({ type: 'text', text, ...marks[index] })) };
  }
  return { role, content: parts.map(({ text }) => text).join('\n\n') };
}

function encodeTurn(
  turn: Turn,
  index: number,
  turns: readonly Turn[],
  target: Target,
  warn: Warn,
): readonly JsonObject[] {
  if (turn.role === 'system') return [systemMessage(turn.parts, target)];
  if (turn.role === 'user') return encodeUser(turn.parts, callsBefore(turns, index), target, warn);
  const message = encodeAssistant(turn.parts, target, warn);
  const calls = turn.parts.filter((part) => part.kind === 'tool-call');
  const results = resultsBehind(turns, index);
  const answers = calls.map((call) => toolMessage(call, results, warn));
  return [...(message === null ? [] : [message]), ...answers];
}

/** Results up to the assistant's next turn. */
function resultsBehind(turns: readonly Turn[], index: number): readonly ToolResultPart[] {
  const next = turns.findIndex(({ role }, at) => at > index && role === 'assistant');
  return turns
    .slice(index + 1, next === -1 ? undefined : next)
    .flatMap((turn) =>
      turn.role === 'user' ? turn.parts.filter((part) => part.kind === 'tool-result') : [],
    );
}

function callsBefore(turns: readonly Turn[], index: number): readonly ToolCallPart[] {
  const turn = turns.slice(0, index).findLast(({ role }) => role === 'assistant');
  return turn?.role === 'assistant' ? turn.parts.filter((part) => part.kind === 'tool-call') : [];
}

function toolMessage(call: ToolCallPart, results: readonly ToolResultPart[], warn: Warn): JsonObject {
  const result = results.find(({ id }) => id === call.id);
  if (result === undefined) warn(remark('call-without-result', { tool: call.name }));
  const text = result === undefined ? NO_RESULT : resultText(result);
  return { role: 'tool', tool_call_id: call.id, content: text };
}

/** Only text may stand in a result, and nothing else can say that the tool failed. */
function resultText({ content, failed }: ToolResultPart): string {
  const texts = content.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
  const attached = texts.length === 0 && content.length > 0;
  const text = attached ? '[Attached in the next message]' : texts.join('\n');
  return failed ? `The tool failed: ${text}` : text;
}

/** What results attach comes first, and then what the user said. */
function encodeUser(
  parts: Extract<Turn, { role: 'user' }>['parts'],
  calls: readonly ToolCallPart[],
  target: Target,
  warn: Warn,
): readonly JsonObject[] {
  const content = parts.flatMap((part): readonly ContentPart[] => {
    if (part.kind !== 'tool-result') return [part];
    if (calls.some(({ id }) => id === part.id)) return attachments(part);
    warn(
      part.name === '' ? remark('result-of-some-tool') : remark('result-without-call', { tool: part.name }),
    );
    return [{ kind: 'text', text: `Result of ${part.name}: ${resultText(part)}` }, ...attachments(part)];
  });
  return content.length === 0 ? [] : [{ role: 'user', content: encodeContent(content, target, warn) }];
}

function attachments({ content, name }: ToolResultPart): readonly ContentPart[] {
  const media = content.filter((part) => part.kind !== 'text');
  if (media.length === 0) return [];
  return [{ kind: 'text', text: `Attached to the result of ${name === '' ? 'the tool' : name}:` }, ...media];
}
