/** What a page sends over the invoke channel, checked: nothing that a page says is trusted. */
import * as z from 'zod/mini';
import { EVENT_TOPICS } from '../../../contract/rpc/events.ts';
import type { IpcRequest } from '../../../contract/rpc/ipc.ts';
import { measure } from './measure.ts';

/** A request holds no more than this, bytes. */
export const LARGEST_REQUEST = 64_000_000;

const name = z.string().check(z.maxLength(100));
const id = z.string().check(z.minLength(1), z.maxLength(64));
const call = z.strictObject({ kind: z.literal('call'), name, input: z.unknown() });
const events = z.strictObject({
  kind: z.literal('events'),
  topics: z.array(z.enum(EVENT_TOPICS)).check(z.minLength(1), z.maxLength(50)),
});

const requestSchema = z.discriminatedUnion('kind', [
  call,
  z.strictObject({
    kind: z.literal('follow'),
    id,
    request: z.discriminatedUnion('kind', [events, call]),
  }),
  z.strictObject({ kind: z.literal('taken'), id, count: z.int().check(z.nonnegative()) }),
  z.strictObject({ kind: z.literal('stop'), id }),
]);

/** @returns the request, or a sentence about what is wrong with it */
export function readRequest(value: unknown): IpcRequest | string {
  const size = measure(value, LARGEST_REQUEST);
  if (size === 'too-large') return `A request holds at most ${LARGEST_REQUEST / 1_000_000} MB.`;
  if (size === 'too-deep') return 'A request is nested at most 64 levels deep.';
  if (size === 'not-plain') return 'A request is plain data: text, numbers, lists and objects of these.';
  const parsed = requestSchema.safeParse(value);
  return parsed.success
    ? parsed.data
    : 'A request is one of call, follow, taken and stop, as ipc.ts has them.';
}
