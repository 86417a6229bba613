/** Under which name an answer is kept, and whether it may be: the same request, and one whose answer is no chance. Pure. */
import { createHash } from 'node:crypto';
import type { CanonicalRequest } from '../core/canonical/request.ts';
import type { ClientShapeId } from '../core/client-shape.ts';
import { isArray, isObject, type JsonObject } from '../core/json.ts';

export interface Cacheable {
  readonly shape: ClientShapeId;
  readonly framing: string;
  readonly streamed: boolean;
  /** As asked. */
  readonly model: string;
  /** Whose answer it may be; empty where that does not matter. */
  readonly owner: string;
  /** `<provider>/<model> <address>` of every place the request could go. */
  readonly places: readonly string[];
  /** Client headers that change what an upstream of the same dialect answers. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}

/** Members that name the sender or where it is kept and do not change the answer; what an answer repeats is not here. */
const VOLATILE: Readonly<Record<ClientShapeId, readonly string[]>> = {
  'openai-chat': ['user', 'metadata', 'safety_identifier', 'prompt_cache_key', 'prompt_cache_retention'],
  'openai-completions': ['user'],
  'openai-responses': [],
  'anthropic-messages': ['metadata'],
  gemini: ['labels'],
  'ollama-chat': ['keep_alive'],
  'ollama-generate': ['keep_alive'],
};

/** Members by which a request goes on with what its provider keeps of earlier ones, or has it keep more. */
const STATEFUL = ['conversation', 'previous_response_id', 'background', 'store', 'container'];

/**
 * The order of a request's own members means nothing; inside them it stays as it is, because a schema's may matter.
 * @returns null where two different requests could not be told apart
 */
export function cacheKey({ body, places, ...about }: Cacheable): string | null {
  if (holdsVastNumber(body)) return null;
  const left = new Set(['stream', ...VOLATILE[about.shape]]);
  const members = Object.entries(body)
    .filter(([name]) => !left.has(name))
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  const { shape, framing, streamed, model, owner } = about;
  const headers = Object.entries(about.headers).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const whole = [
    1,
    shape,
    framing,
    streamed,
    model,
    owner,
    [...new Set(places)].toSorted(),
    headers,
    members,
  ];
  return createHash('sha256').update(JSON.stringify(whole)).digest('base64url');
}

/** Beyond 2^53 neighbouring numbers become one when they are read. */
function holdsVastNumber(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value);
  if (isArray(value)) return value.some(holdsVastNumber);
  return isObject(value) && Object.values(value).some(holdsVastNumber);
}

/** The same request would be answered the same again, as far as a client can ask for that. */
export function isDeterministic({ settings }: CanonicalRequest): boolean {
  return settings.temperature === 0;
}

/** To send it is to do something: the same request is another one the next time. */
export function keepsState(body: JsonObject): boolean {
  return STATEFUL.some((name) => {
    const value = body[name];
    return value !== undefined && value !== null && value !== false;
  });
}
