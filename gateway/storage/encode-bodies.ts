/** The two bodies of a request on their way into the database: redacted as whole texts, then split into parts. */
import type { BodyState } from '../../contract/log/row.ts';
import { assembleAnswer } from '../core/answer/assemble.ts';
import type { Redactor } from '../core/redact.ts';
import { encodeEventTimes, eventEnds, eventTimes } from './event-times.ts';
import type { SentBody } from './messages.ts';
import type { NewPart } from './parts.ts';
import { splitBody, whole, type SplitBody } from './split-body.ts';

export interface EncodedBody {
  readonly state: BodyState;
  /** Bytes of the original, before any cap. */
  readonly bytes: number;
  /** Null where nothing is kept of it. */
  readonly split: SplitBody | null;
}

export interface EncodedBodies {
  readonly request: EncodedBody;
  readonly response: EncodedBody;
  /** What a stream said; null for an answer that was none. */
  readonly answer: NewPart | null;
  readonly eventTimes: Uint8Array | null;
}

/** A body without secrets, and the same as text. */
export interface CleanBody {
  readonly state: 'stored' | 'truncated';
  readonly bytes: number;
  readonly content: Uint8Array;
  readonly text: string;
}

/**
 * @param slab bytes of all bodies of the batch
 * @param mostEvents bytes of the raw events of one stream
 */
export function encodeBodies(
  request: SentBody | null,
  response: SentBody | null,
  slab: Uint8Array,
  redactor: Redactor,
  mostEvents: number,
): EncodedBodies {
  const cleanRequest = clean(request, slab, redactor);
  const cleanResponse = clean(response, slab, redactor);
  const encodedRequest = encodeRequest(cleanRequest);
  if (response?.stream === undefined) {
    return { request: encodedRequest, ...encodeResponse(cleanResponse, mostEvents, { redactor }) };
  }
  const { head, times } = response.stream;
  const content = slab.subarray(response.offset, response.offset + response.length);
  // Of the bytes as they came: redaction moves events, but leaves their number.
  const timed = (): readonly number[] => eventTimes(times, { content, bytes: response.bytes, head });
  return {
    request: encodedRequest,
    ...encodeResponse(cleanResponse, mostEvents, { timesOf: timed, redactor }),
  };
}

/** Nothing of it is kept, and why. */
export type Missing = Omit<EncodedBody, 'split'> & { readonly state: 'not-kept' | 'dropped' };

function clean(sent: SentBody | null, slab: Uint8Array, redactor: Redactor): CleanBody | Missing {
  if (sent === null) return { state: 'not-kept', bytes: 0 };
  if (sent.dropped) return { state: 'dropped', bytes: sent.bytes };
  const original = Buffer.from(slab.buffer, slab.byteOffset + sent.offset, sent.length);
  const text = original.toString('utf8');
  const cleanText = redactor.text(text);
  return {
    state: sent.truncated ? 'truncated' : 'stored',
    bytes: sent.bytes,
    content: cleanText === text ? original : Buffer.from(cleanText),
    text: cleanText,
  };
}

export function encodeRequest(body: CleanBody | Missing): EncodedBody {
  const { state, bytes } = body;
  return { state, bytes, split: 'content' in body ? splitBody(body.content) : null };
}

/** What is known of a body that came just now; nothing of one that an older version wrote. */
export interface OfStream {
  /** The time of each event. */
  readonly timesOf?: () => readonly number[];
  readonly redactor?: Redactor;
}

export function encodeResponse(
  body: CleanBody | Missing,
  mostEvents: number,
  { timesOf = () => [], redactor }: OfStream = {},
): Omit<EncodedBodies, 'request'> {
  const { state, bytes } = body;
  const nothing = { response: { state, bytes, split: null }, answer: null, eventTimes: null };
  if (!('content' in body)) return nothing;
  const assembled = mayBeStream(body.text) ? assembleAnswer(body.text) : null;
  if (assembled?.streamed !== true) {
    return { ...nothing, response: { state, bytes, split: whole(ownPart('answer', body.content)) } };
  }
  const said = JSON.stringify(assembled.answer);
  const [answer = null] = ownPart('answer', Buffer.from(redactor?.text(said) ?? said));
  // A secret that came piece by piece: each event shows a harmless piece of it, and all of them show it whole.
  const spelledOut = redactor !== undefined && redactor.values(said) !== said;
  return { ...encodeEvents(body, spelledOut ? 0 : mostEvents, timesOf()), answer };
}

/** A whole answer is one JSON object; reading it again would only tell what is known. */
const mayBeStream = (text: string): boolean => !/^\s*\{/.test(text) || /\}[^\S\n]*\n\s*\{/.test(text);

/** Of more events than are kept, the first half and the last. */
function encodeEvents(
  { state, bytes, content }: CleanBody,
  most: number,
  times: readonly number[],
): Pick<EncodedBodies, 'response' | 'eventTimes'> {
  if (content.length <= most) {
    const split = whole(ownPart('events', content));
    return { response: { state, bytes, split }, eventTimes: encodeEventTimes(times) };
  }
  if (most === 0) return { response: { state: 'dropped', bytes, split: null }, eventTimes: null };
  const half = Math.floor(most / 2);
  const ends = eventEnds(content);
  const first = ends.filter((end) => end <= half).length;
  const last = ends.findIndex((end) => end >= content.length - half) + 1;
  const kept = [
    content.subarray(0, ends[first - 1] ?? 0),
    content.subarray(ends[last - 1] ?? content.length),
  ];
  return {
    response: { state: 'truncated', bytes, split: whole(ownPart('events', Buffer.concat(kept))) },
    eventTimes: encodeEventTimes([...times.slice(0, first), ...times.slice(last)]),
  };
}

const ownPart = (kind: 'answer' | 'events', bytes: Uint8Array): readonly NewPart[] =>
  bytes.length === 0 ? [] : [{ kind, bytes, hash: null }];
