/** Requests of Anthropic's dialect as they are read, with what was told of them. */
import { decodeRequest } from '../dialects/anthropic-messages/decode-request.ts';

const FACTS = { model: 'claude', streamed: false, usageAsked: true };
export const hi = { role: 'user', content: 'hi' };

/** @param body members beside, or instead of, one message of the user */
export function decode(body: Record<string, unknown>) {
  const warnings: string[] = [];
  const request = decodeRequest({ messages: [hi], ...body }, FACTS, ({ text }) => warnings.push(text));
  return { ...request, warnings };
}
/** A request of one turn, that of the user, with these blocks. */
export const user = (...content: readonly unknown[]) => decode({ messages: [{ role: 'user', content }] });
/** A request whose second turn, that of the assistant, has these blocks. */
export const assistant = (...content: readonly unknown[]) =>
  decode({ messages: [hi, { role: 'assistant', content }] });
export const parts = (request: ReturnType<typeof decode>, turn = 0) => request.turns[turn]?.parts;
