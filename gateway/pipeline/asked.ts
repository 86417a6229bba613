/** What rules may ask of a request, found out only where one does. */
import type { IncomingHttpHeaders } from 'node:http';
import { holdsAny } from '../core/holds-any.ts';
import type { ByteRange, ScannedBody } from '../core/scan-body.ts';
import type { Asked } from '../routing/asked.ts';

/**
 * What the names below have in them, by the member that holds the conversation, each in a form that is quickly found
 * missing: most requests hold no picture.
 */
const HINTS = {
  messages: ['"image', '_data"'],
  input: ['_image', '"image', '_data"'],
  contents: ['Data"', '_data"'],
} as const;
const ALL_HINTS = ['_image', '"image', 'Data"', '_data"'];
const CONVERSATIONS = ['messages', 'input', 'contents'] as const;
/** The kind of a part that is one, or the member that carries one. A parameter of a tool may be called `image`. */
const IMAGE =
  /:\s*"(?:image_url|input_image|image)"|"(?:image_url|images|inlineData|inline_data|fileData|file_data)"\s*:/;

/** A request, or one that somebody wants to know about. */
export interface AskedFrom {
  /** As the client wrote it; empty where it wrote none. */
  readonly model: string;
  readonly client: string | null;
  /** Name of the calling program; null where it tells none. */
  readonly app: string | null;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Uint8Array;
  /** Null where the body is no chat. */
  readonly members: ScannedBody['members'] | null;
}

/** @param wall Unix ms */
export function askedOf(from: AskedFrom, defaultModel: string, wall: () => number): Asked {
  const { client, app, headers, bytes, members } = from;
  /** Several rules may ask, and a body may be of many megabytes. */
  let pictured: boolean | undefined;
  return {
    model: from.model === '' ? defaultModel : from.model,
    client,
    app,
    bytes: bytes.length,
    header(name) {
      const value = headers[name];
      return typeof value === 'string' ? value : value?.join(', ');
    },
    time: () => localTime(wall()),
    tools: () => offers(members?.tools, bytes) || offers(members?.functions, bytes),
    images: () => (pictured ??= holdsImages(members, bytes)),
  };
}

/** An empty list offers nothing; longer than that it holds something. */
function offers(range: ByteRange | undefined, bytes: Uint8Array): boolean {
  if (range === undefined) return false;
  const end = Math.min(range.end, range.start + 64);
  return !/^(?:null|\[\s*\])?$/.test(textOf(bytes).toString('latin1', range.start, end));
}

/** Only the conversation is asked: tools that work on pictures show none. */
function holdsImages(members: AskedFrom['members'], bytes: Uint8Array): boolean {
  if (members === null) return holdsImage(bytes, ALL_HINTS);
  for (const name of CONVERSATIONS) {
    const range = members[name];
    if (range !== undefined && holdsImage(bytes.subarray(range.start, range.end), HINTS[name])) return true;
  }
  return false;
}

const holdsImage = (bytes: Uint8Array, hints: readonly string[]): boolean =>
  holdsAny(bytes, hints) && IMAGE.test(textOf(bytes).toString('latin1'));

const textOf = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);

const MINUTE = 60_000;
let lastMinute = { number: NaN, time: { day: 0, minute: 0 } };

/** Found once a minute: wherever one is, its clocks change with a minute. @param wall Unix ms */
function localTime(wall: number): ReturnType<Asked['time']> {
  const number = Math.floor(wall / MINUTE);
  if (number !== lastMinute.number) {
    const now = new Date(wall);
    lastMinute = { number, time: { day: now.getDay(), minute: now.getHours() * 60 + now.getMinutes() } };
  }
  return lastMinute.time;
}
