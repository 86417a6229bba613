/** What a chat answer of OpenAI's dialect says, piece by piece, for somebody who reads along. */
import { readEvent, splitEvents } from '../core/sse.ts';
import { isArray, isObject, parseJson, type JsonObject } from '../core/json.ts';

export type DeltaKind = 'text' | 'reasoning' | 'refusal';

export type Delta =
  | { readonly kind: DeltaKind; readonly text: string; readonly call?: undefined }
  /** More of the arguments of a tool call; id and name come once. */
  | { readonly kind: 'call'; readonly text: string; readonly call: CallPlace };

export interface CallPlace {
  readonly index: number;
  readonly id: string;
  readonly name: string;
}

/** Calls of one answer that are read. */
const MOST_CALLS = 128;

/** The words in a run of whole events; neighbours of one kind are one. */
export function readDeltas(events: Uint8Array): readonly Delta[] {
  const found = splitEvents(events).events.flatMap((event) => {
    const { data } = readEvent(event);
    const chunk = data === null ? undefined : parseJson(data);
    return deltasOf(chunk, 'delta');
  });
  return joinNeighbours(found);
}

/** The words of an answer that came as a whole, from an upstream that does not stream. */
export function readWholeAnswer(body: string): readonly Delta[] {
  return deltasOf(parseJson(body), 'message');
}

function deltasOf(chunk: unknown, member: 'delta' | 'message'): readonly Delta[] {
  const choices = isObject(chunk) ? chunk['choices'] : undefined;
  const [first] = isArray(choices) ? choices.filter(isObject) : [];
  const said = first?.[member];
  if (!isObject(said)) return [];
  // One upstream uses the first name, another the second; whoever writes both repeats itself.
  const reasoning = textIn(said['reasoning_content']) || textIn(said['reasoning']);
  return [
    ...worded('reasoning', reasoning),
    ...contentOf(said['content']),
    ...worded('refusal', textIn(said['refusal'])),
    ...callsOf(said['tool_calls']),
  ];
}

function callsOf(calls: unknown): readonly Delta[] {
  if (!isArray(calls)) return [];
  return calls.filter(isObject).flatMap((call, at): readonly Delta[] => {
    const place = call['index'];
    // A whole answer numbers nothing: the calls stand in their order.
    const index = typeof place === 'number' ? place : at;
    if (!Number.isInteger(index) || index < 0 || index >= MOST_CALLS) return [];
    const told = isObject(call['function']) ? call['function'] : {};
    const named = { index, id: textIn(call['id']), name: textIn(told['name']) };
    return [{ kind: 'call', text: textIn(told['arguments']), call: named }];
  });
}

/** A string, or a list of parts (Mistral: `thinking` parts hold a list of texts themselves). */
function contentOf(content: unknown): readonly Delta[] {
  if (!isArray(content)) return worded('text', textIn(content));
  return content.filter(isObject).flatMap((part) => {
    const { thinking } = part;
    if (thinking === undefined) return worded('text', textIn(part['text']));
    return worded(
      'reasoning',
      isArray(thinking) ? thinking.filter(isObject).map(ownText).join('') : textIn(thinking),
    );
  });
}

const ownText = (part: JsonObject): string => textIn(part['text']);
const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');
const worded = (kind: DeltaKind, text: string): readonly Delta[] => (text === '' ? [] : [{ kind, text }]);

function joinNeighbours(deltas: readonly Delta[]): readonly Delta[] {
  const joined: Delta[] = [];
  for (const delta of deltas) {
    const last = joined.at(-1);
    if (last !== undefined && sameVoice(last, delta))
      joined[joined.length - 1] = { ...last, text: last.text + delta.text };
    else joined.push(delta);
  }
  return joined;
}

/** May the second follow the first in one piece? */
function sameVoice(first: Delta, { kind, call }: Delta): boolean {
  if (first.kind !== kind || first.call?.index !== call?.index) return false;
  return call === undefined || (call.id === '' && call.name === '');
}
