/** Whose format a path belongs to, also where no route is: whoever asks there can read no other error. Pure. */
import type { ClientShapeId } from '../core/client-shape.ts';

const PLACES: readonly (readonly [RegExp, ClientShapeId, string])[] = [
  [/^\/v1\/messages(?:\/|$)/, 'anthropic-messages', '/v1/messages'],
  [/^\/v1beta(?:\/|$)/, 'gemini', '/v1beta/models/{model}:generateContent'],
  [/^\/v1\/models\/.+:\w+$/, 'gemini', '/v1beta/models/{model}:generateContent'],
  [/^\/api\//, 'ollama-chat', '/api/chat'],
  [/^\/v1\/(?:responses|conversations)(?:\/|$)/, 'openai-responses', '/v1/responses'],
];

export const shapeOfPath = (path: string): ClientShapeId => placeOf(path)?.[1] ?? 'openai-chat';

/** Where chat is in that format. */
export const chatPathOf = (path: string): string => placeOf(path)?.[2] ?? '/v1/chat/completions';

const placeOf = (path: string) => PLACES.find(([pattern]) => pattern.test(path));
