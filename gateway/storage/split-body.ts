/** A redacted request body as parts, the envelope around them, and the order in which they give the body back. */
import { bodyParts, type BodyPart } from '../core/body-parts.ts';
import { sharedPart, type NewPart } from './parts.ts';

export interface SplitBody {
  readonly parts: readonly NewPart[];
  readonly envelope: NewPart | null;
  /** Stands between two parts that follow each other. */
  readonly separator: Uint8Array;
  /** From 0: the part of that index; below 0: so many bytes of the envelope. */
  readonly order: readonly number[];
}

/** Longer ones are no separators but content. */
const LONGEST_SEPARATOR = 32;

const NOTHING = new Uint8Array();

export function splitBody(body: Uint8Array): SplitBody {
  const found = bodyParts(body);
  if (found.length === 0) return whole(body.length === 0 ? [] : [sharedPart('message', body)]);
  const separator = separatorOf(body, found);
  const around: Uint8Array[] = [];
  const order: number[] = [];
  let end = 0;
  const putAround = (upTo: number): void => {
    if (upTo === end) return;
    around.push(body.subarray(end, upTo));
    order.push(end - upTo);
  };
  found.forEach((part, index) => {
    const between = body.subarray(end, part.start);
    if (index === 0 || !same(between, separator)) putAround(part.start);
    order.push(index);
    end = part.end;
  });
  putAround(body.length);
  return {
    parts: found.map(({ kind, start, end: behind }) => sharedPart(kind, body.subarray(start, behind))),
    envelope: around.length === 0 ? null : sharedPart('envelope', Buffer.concat(around)),
    separator,
    order,
  };
}

/** A body that is one part, or none. */
export function whole(parts: readonly NewPart[]): SplitBody {
  return { parts, envelope: null, separator: NOTHING, order: parts.map((_part, index) => index) };
}

/** What stands between the last two parts: between messages it is always the same. */
function separatorOf(body: Uint8Array, parts: readonly BodyPart[]): Uint8Array {
  const counts = new Map<string, { count: number; readonly bytes: Uint8Array }>();
  let best: { count: number; readonly bytes: Uint8Array } = { count: 0, bytes: NOTHING };
  parts.slice(1).forEach((part, index) => {
    const bytes = body.subarray(parts[index]?.end, part.start);
    if (bytes.length > LONGEST_SEPARATOR) return;
    const text = Buffer.from(bytes).toString('latin1');
    const entry = counts.get(text) ?? { count: 0, bytes };
    entry.count += 1;
    counts.set(text, entry);
    if (entry.count > best.count) best = entry;
  });
  return best.bytes;
}

const same = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0;
