/** What rules may ask of a request, found out only where one does. */
import type { IncomingHttpHeaders } from 'node:http';
import { holdsAny } from '../core/holds-any.ts';
import type { ByteRange, ScannedBody } from '../core/scan-body.ts';
import type { Asked } from '../routing/asked.ts';

/** What the names below have in them, each in a form that is quickly found missing: most requests hold no picture. */
const HINTS = ['_image', '"image', 'Data"', '_data"'];
/** The same where the member that holds the conversation tells whose format it is. */
const CHAT_HINTS = ['"image', '_data"'];
const GEMINI_HINTS = ['Data"', '_data"'];
/** The kind of a part that is one, or the member that carries one. An argument of a tool may be called `image`. */
const IMAGE =
  /:\s*"(?:image_url|input_image|image)"|"(?:image_url|images|inlineData|inline_data|fileData|file_data)"\s*:/;
/** Of calls that are no chat: members of JSON, and parts of a form. */
const IMAGE_OF_CALL = /"(?:image|images|image_url|input_image)"\s*[:,\]}]|name="image(?:\[\])?"/;

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

function holdsImages(members: AskedFrom['members'], bytes: Uint8Array): boolean {
  if (members === null) return holdsImage(bytes, HINTS, IMAGE_OF_CALL);
  const hints = hintsFor(members);
  return withoutTools(members, bytes).some((part) => holdsImage(part, hints, IMAGE));
}

function hintsFor({ messages, input, contents }: ScannedBody['members']): readonly string[] {
  if (input !== undefined) return HINTS;
  if (messages !== undefined) return contents === undefined ? CHAT_HINTS : HINTS;
  return contents === undefined ? HINTS : GEMINI_HINTS;
}

/** Tools that work on pictures show none. */
function withoutTools(
  { tools, functions }: ScannedBody['members'],
  bytes: Uint8Array,
): readonly Uint8Array[] {
  if (tools === undefined && functions === undefined) return [bytes];
  const parts: Uint8Array[] = [];
  let at = 0;
  const ranges = [tools, functions].flatMap((range) => range ?? []);
  for (const { start, end } of ranges.sort((left, right) => left.start - right.start)) {
    parts.push(bytes.subarray(at, start));
    at = end;
  }
  return [...parts, bytes.subarray(at)];
}

const holdsImage = (bytes: Uint8Array, hints: readonly string[], image: RegExp): boolean =>
  holdsAny(bytes, hints) && image.test(textOf(bytes).toString('latin1'));

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
