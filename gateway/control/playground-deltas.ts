/** What a chat answer of OpenAI's dialect says, piece by piece, for somebody who reads along. */
import { readEvent, splitEvents } from '../core/sse.ts';
import { isArray, isObject, parseJson, type JsonObject } from '../core/json.ts';

export type DeltaKind = 'text' | 'reasoning' | 'refusal';

export interface Delta {
  readonly kind: DeltaKind;
  readonly text: string;
}

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
  ];
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
    if (last?.kind === delta.kind)
      joined[joined.length - 1] = { kind: last.kind, text: last.text + delta.text };
    else joined.push(delta);
  }
  return joined;
}
