/** What rules may ask of a request, found out only where one does. */
import type { IncomingHttpHeaders } from 'node:http';
import type { ByteRange, ScannedBody } from '../core/scan-body.ts';
import type { Asked } from '../routing/asked.ts';
import { holdsImages } from './holds-images.ts';

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
