/** What the preload world of a page sends to the main process. */
import * as z from 'zod/mini';

const args = z.array(z.unknown());
const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('invoke'), id: z.int(), channel: z.string(), args }),
  z.object({ kind: z.literal('send'), channel: z.string(), args }),
  z.object({ kind: z.literal('open'), url: z.string(), frameName: z.string(), features: z.string() }),
  z.object({ kind: z.literal('preload-error'), message: z.string() }),
]);
export type PageMessage = z.output<typeof messageSchema>;

const bindingSchema = z.object({ name: z.string(), payload: z.string(), executionContextId: z.int() });

export interface ReceivedMessage {
  readonly message: PageMessage;
  /** The script context that sent it. */
  readonly context: number;
}

/** @returns undefined for events that are none of ours */
export function readMessage(binding: string, method: string, params: unknown): ReceivedMessage | undefined {
  if (method !== 'Runtime.bindingCalled') return undefined;
  const called = bindingSchema.parse(params);
  if (called.name !== binding) return undefined;
  return { message: messageSchema.parse(JSON.parse(called.payload)), context: called.executionContextId };
}
