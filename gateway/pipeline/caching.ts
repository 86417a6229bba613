/** Answers a request from what the same one was answered before, or keeps its answer for the next. */
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { CachedAnswer } from '../core/answer-cache.ts';
import type { RequestFacts } from '../core/client-shape.ts';
import { GatewayError } from '../core/errors.ts';
import { failed } from '../core/failed.ts';
import { isWhole } from '../core/finish-reason.ts';
import { COST_HEADER, NO_COST } from './bill.ts';
import { cacheKey, isDeterministic, keepsState } from './cache-key.ts';
import type { Conducted } from './conduct.ts';
import type { JourneyEnd } from './failover.ts';
import type { PipelinePorts } from './ports.ts';
import type { ReadRequest } from './read-request.ts';
import { tapRelay, type Sent } from './tapped-relay.ts';
import { travelPaid } from './spending.ts';
import type { Itinerary } from './travel.ts';

/** Of one configuration; null where nothing is kept. */
export interface Caching {
  /** ms an answer may be given out. */
  readonly ttl: number;
  /** Answers of requests that left their answer to chance are not kept. */
  readonly onlyDeterministic: boolean;
  /** An answer to one client may be given to another. */
  readonly shared: boolean;
}

/** Says where an answer came from; as a request's header, how to deal with the cache. */
const HEADER = 'x-switchyard-cache';
/** Larger requests and answers are not kept, bytes. */
const LONGEST = 1_048_576;
/** Headers by which clients choose versions and trials of their own dialect. */
const CHOOSING = /^(?:anthropic-(?:version|beta)|openai-beta)$/;
/** Headers of an answer that hold for the next one too. */
const KEPT_HEADERS = [
  'content-type',
  'cache-control',
  'x-accel-buffering',
  'x-switchyard-provider',
  'x-switchyard-model',
];

/** The way of a chat: to the cache where that is on, and on from there. */
export async function travelCached(
  read: ReadRequest,
  facts: RequestFacts,
  conducted: Conducted,
  itinerary: Itinerary,
  ports: PipelinePorts,
): Promise<JourneyEnd> {
  const caching = itinerary.snapshot.cache;
  if (caching === null) return travelPaid(conducted, itinerary, ports);
  const { relay, record } = conducted;
  const wish = wishOf(conducted);
  const key = wish === 'bypass' ? null : keyOf(caching, read, facts, conducted, itinerary);
  if (key === null) return travelPaid(conducted, itinerary, ports);
  const known = wish === 'refresh' ? undefined : await ports.cache.get(key);
  if (known !== undefined) {
    record.cache = 'hit';
    record.priced(NO_COST);
    return replay(known, conducted);
  }
  record.cache = 'miss';
  const tapped = tapRelay(relay, { [HEADER]: 'miss' }, LONGEST);
  const end = await travelPaid({ ...conducted, relay: tapped.relay }, itinerary, ports);
  if (end.kind === 'delivered' && relay.left === 'no' && isWhole(end.facts.finishReason)) {
    const sent = tapped.sent();
    if (sent?.status === 200) {
      const { finishReason, model } = end.facts;
      const answer = { ...keptOf(sent), streamed: facts.streamed, finishReason, model };
      await ports.cache.put(key, answer, caching.ttl);
    }
  }
  return end;
}

/** @throws GatewayError for a wish nobody understands: an old answer would be taken for a new one */
function wishOf({ exchange }: Conducted): 'bypass' | 'refresh' | null {
  const header = exchange.request.headers[HEADER];
  if (header === undefined) return null;
  if (header === 'bypass' || header === 'refresh') return header;
  throw failed('invalid_request', remark('cache-header', { header: HEADER }));
}

/** Null where the answer must not be kept. */
function keyOf(
  { shared, onlyDeterministic }: Caching,
  read: ReadRequest,
  facts: RequestFacts,
  { exchange, shape }: Conducted,
  { groups, snapshot }: Itinerary,
): string | null {
  if (exchange.body.length > LONGEST) return null;
  if (onlyDeterministic && !isSure(read)) return null;
  const body = read.json();
  if (keepsState(body)) return null;
  const { headers } = exchange.request;
  const choosing = Object.keys(headers).filter((name) => CHOOSING.test(name));
  return cacheKey({
    shape: shape.id,
    framing: exchange.path.framing,
    streamed: facts.streamed,
    model: facts.model,
    owner: shared ? '' : (exchange.client?.id ?? ''),
    places: groups.map(({ provider, model }) => {
      const address = snapshot.providers.get(provider)?.endpoints[0].baseUrl ?? '';
      return `${provider}/${model} ${address}`;
    }),
    headers: Object.fromEntries(choosing.map((name) => [name, String(headers[name])])),
    body,
  });
}

function isSure(read: ReadRequest): boolean {
  try {
    return isDeterministic(read.canonical());
  } catch (error) {
    // What only its own provider reads goes there.
    if (error instanceof GatewayError) return false;
    throw error;
  }
}

function keptOf({ headers, body }: Sent): Pick<CachedAnswer, 'headers' | 'body'> {
  const kept = KEPT_HEADERS.flatMap((name) => {
    const value = headers[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { headers: Object.fromEntries(kept), body };
}

/** Nothing was asked of a provider, so nothing was used: its counts are those of the first answer alone. */
function replay(answer: CachedAnswer, { exchange, relay }: Conducted): JourneyEnd {
  const headers = { ...answer.headers, 'x-request-id': exchange.id, [HEADER]: 'hit' };
  if (answer.streamed) {
    relay.commit(200, headers);
    relay.write(answer.body);
    relay.end();
  } else {
    relay.answer(200, { ...headers, [COST_HEADER]: '0' }, answer.body);
  }
  const usage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };
  const facts = { usage, finishReason: answer.finishReason, model: answer.model };
  return relay.left === 'no' ? { kind: 'delivered', facts } : { kind: 'client-left', facts };
}
