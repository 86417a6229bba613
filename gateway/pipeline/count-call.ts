/** The call that counts a request's tokens at a provider: the client's own bytes where both share a format. */
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { ClientShape } from '../core/client-shape.ts';
import type { PreparedBody, TokenCounting } from '../core/dialect.ts';
import { decodeText, isObject, parseJson } from '../core/json.ts';
import type { RuntimeEndpoint, RuntimeKey, RuntimeProvider } from '../core/runtime-provider.ts';
import type { PlanGroup } from '../routing/plan.ts';
import { NO_FACTS } from './attempt-end.ts';
import { asUpstreamModel } from './other-calls/gemini-model.ts';
import { dialectOf, prepareCall, whole, type PreparedCall, type Preparing } from './prepare.ts';
import { relayReading, type AnswerReading } from './reading.ts';

/** An endpoint that can be asked. */
export interface Counter {
  readonly endpoint: RuntimeEndpoint;
  readonly counting: TokenCounting;
}

/** The endpoint of the client's own format if it counts, else the first that does; undefined where none can. */
export function counterOf(provider: RuntimeProvider, shape: ClientShape): Counter | undefined {
  const own = dialectOf(shape);
  const counters = provider.endpoints.flatMap((endpoint): readonly Counter[] => {
    const { counting } = endpoint.dialect;
    return endpoint.countsTokens && counting !== null ? [{ endpoint, counting }] : [];
  });
  return counters.find(({ endpoint }) => endpoint.dialect.id === own) ?? counters[0];
}

/**
 * @param render writes the client's answer
 * @throws GatewayError for what this target cannot be asked
 */
export async function prepareCount(
  asked: Preparing,
  { endpoint, counting }: Counter,
  group: PlanGroup,
  provider: RuntimeProvider,
  key: RuntimeKey,
  render: (tokens: number) => string,
): Promise<PreparedCall | null> {
  // Chat is what both ways know to prepare; a count is the same request at another address.
  const pinned: RuntimeProvider = { ...provider, endpoints: [endpoint], endpointFor: () => endpoint };
  const chat = await prepareCall(asked, group, pinned, key, false);
  if (chat === null) return null;
  const body = chat.relayed
    ? geminiNamed(chat.body, endpoint, group.model)
    : countBody(chat.body, counting, group.model);
  return {
    ...chat,
    url: counting.url(endpoint.baseUrl, group.model),
    body,
    reading: countReading(asked, { endpoint, counting }, chat.relayed ? null : render),
  };
}

function countBody(chat: PreparedBody, counting: TokenCounting, model: string): PreparedBody {
  const value = parseJson(textOf(chat));
  return isObject(value) ? whole(counting.body(value, model)) : chat;
}

/** Inside of `generateContentRequest` the model is named once more, and must be that of the address. */
function geminiNamed(body: PreparedBody, { dialect }: RuntimeEndpoint, model: string): PreparedBody {
  if (dialect.id !== 'gemini' || !textOf(body).includes('generateContentRequest')) return body;
  const value = parseJson(textOf(body));
  const inner = isObject(value) ? value['generateContentRequest'] : undefined;
  if (!isObject(value) || !isObject(inner)) return body;
  return whole({ ...value, generateContentRequest: { ...inner, model: asUpstreamModel(model) } });
}

const textOf = ({ chunks }: PreparedBody): string => decodeText(Buffer.concat(chunks));

/** An answer without a count is none, whatever its status was. */
function countReading(
  { exchange, shape }: Preparing,
  { endpoint, counting }: Counter,
  render: ((tokens: number) => string) | null,
): AnswerReading {
  const { framing } = exchange.path;
  const options = { requestId: exchange.id, withholdUsage: false, framing, asEvents: null };
  return {
    ...relayReading(endpoint.dialect, shape, options),
    judge(body) {
      const value = parseJson(decodeText(body));
      const tokens = isObject(value) ? counting.read(value) : undefined;
      if (tokens === undefined) return { kind: 'invalid', why: remark('count-missing') };
      if (render === null) return { kind: 'answer', facts: NO_FACTS };
      const translated = { body: Buffer.from(render(tokens)), contentType: 'application/json' };
      return { kind: 'answer', facts: NO_FACTS, translated };
    },
    needsWhole: true,
  };
}
