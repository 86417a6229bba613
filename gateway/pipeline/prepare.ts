/** What is sent to one target, and how its answer is read. */
import type { Warn } from '../core/canonical/request.ts';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { DialectId } from '../../contract/config/provider.ts';
import { WRAPPED } from '../core/canonical/signature.ts';
import type { ClientShape, RequestFacts } from '../core/client-shape.ts';
import type { Dialect, PreparedBody } from '../core/dialect.ts';
import { holdsAny } from '../core/holds-any.ts';
import { isObject, parseArguments, decodeText, type JsonObject } from '../core/json.ts';
import type { RuntimeEndpoint, RuntimeKey, RuntimeProvider } from '../core/runtime-provider.ts';
import type { ScannedBody } from '../core/scan-body.ts';
import { dialects } from '../dialects/index.ts';
import type { PlanGroup } from '../routing/plan.ts';
import { isMixedChat } from './mixed-chat.ts';
import { nativeCompletions } from './other-calls/completions.ts';
import { withOwnItems } from './own-items.ts';
import { relayReading, type AnswerReading } from './reading.ts';
import type { Translator } from './translation/translator.ts';
import { unfitIds } from './unfit-ids.ts';
import type { Exchange } from '../core/exchange.ts';

export interface PreparedCall {
  readonly endpoint: RuntimeEndpoint;
  readonly url: string;
  readonly body: PreparedBody;
  readonly reading: AnswerReading;
  /** The client speaks the endpoint's dialect. */
  readonly relayed: boolean;
  /** Of the body, where it is not JSON. */
  readonly contentType?: string;
  /** Parameters left out or renamed because the model does not take them. */
  readonly dropped?: readonly string[];
  /** What the answer may be, where that is neither JSON nor a stream of events. */
  readonly accept?: string;
}

/** One request of a client, as far as preparing calls needs it. */
export interface Preparing {
  readonly exchange: Exchange;
  readonly shape: ClientShape;
  readonly body: ScannedBody;
  readonly facts: RequestFacts;
  readonly warn: Warn;
  readonly translator: Translator;
}

/**
 * Same dialect: the client's bytes with what must differ. Any other: a translation.
 * @param repair without the reasoning of earlier turns; null when there is none to leave out
 * @throws GatewayError for what this target cannot be asked
 */
export function prepareCall(
  asked: Preparing,
  group: PlanGroup,
  provider: RuntimeProvider,
  key: RuntimeKey,
  repair: boolean,
): PreparedCall | null | Promise<PreparedCall | null> {
  const completions = nativeCompletions(asked, group, provider);
  if (completions !== null) return repair ? null : completions;
  const own = dialectOf(asked.shape);
  const endpoint = provider.endpointFor(own);
  if (endpoint.dialect.id !== own || isMixedChat(asked.shape, asked.body))
    return asked.translator.prepare(group, provider, endpoint, key, repair);
  const relayed = relayedBody(asked, group, provider, endpoint.dialect, repair);
  if (relayed === null) return null;
  return {
    endpoint,
    url: endpoint.dialect.chatUrl(endpoint.baseUrl, group.model, asked.facts.streamed),
    body: relayed.body,
    reading: relayReading(endpoint.dialect, asked.shape, {
      requestId: asked.exchange.id,
      withholdUsage: relayed.usageAdded,
      framing: asked.exchange.path.framing,
      asEvents: (body) => asked.translator.asEvents(endpoint.dialect, body),
    }),
    relayed: true,
  };
}

const DIALECT_IDS: readonly DialectId[] = Object.values(dialects).map(({ id }) => id);

/** The dialect a client's shape is one side of; null for shapes that only come in. */
export function dialectOf(shape: ClientShape): DialectId | null {
  return DIALECT_IDS.find((id) => id === shape.id) ?? null;
}

/** Streams of OpenAI's chat tell what they took where they are asked to. */
export const addsUsageOption = (dialect: Dialect, facts: RequestFacts, provider: RuntimeProvider): boolean =>
  dialect.id === 'openai-chat' && facts.streamed && !facts.usageAsked && provider.requestUsage;

function relayedBody(
  { body, facts, warn, translator }: Preparing,
  group: PlanGroup,
  provider: RuntimeProvider,
  dialect: Dialect,
  repair: boolean,
): { readonly body: PreparedBody; readonly usageAdded: boolean } | null {
  const usageAdded = addsUsageOption(dialect, facts, provider);
  const prepared = dialect.prepareRequest(body, { model: group.model, addUsageOption: usageAdded });
  const { bytes } = body;
  const quirks = provider.definition.quirks.filter(
    (quirk) =>
      quirk.dialect === dialect.id && quirk.relayedWith !== undefined && holdsAny(bytes, quirk.relayedWith),
  );
  const foreign = holdsAny(bytes, FOREIGN);
  const refers = dialect.id === 'openai-responses' && holdsAny(bytes, REFERENCES);
  const { unsignedCalls } = dialect;
  const unsigned = unsignedCalls !== undefined && (repair || unsignedCalls.among(bytes, group.model));
  const { id: definition, chat } = provider.definition;
  const target = { provider: definition, model: group.model, chat };
  const ids = unfitIds(bytes, dialect, target);
  const asTheyAre = !foreign && !refers && !unsigned && ids === null && quirks.length === 0;
  if (!repair && asTheyAre) return { body: prepared, usageAdded };

  // Rare: what must be taken out of the middle is taken out of the parsed request.
  const parsed = parseArguments(decodeText(Buffer.concat(prepared.chunks)));
  if (!isObject(parsed)) return repair ? null : { body: prepared, usageAdded };
  const spelt = refers ? withOwnItems(parsed, translator.itemOf) : parsed;
  const lighter = dialect.withoutReasoning(spelt, repair ? 'all' : 'foreign', target);
  const signed = unsigned ? unsignedCalls.signed(lighter, repair ? 'all' : 'current') : lighter;
  if (repair && signed === spelt) return null;
  if (lighter !== spelt) warn(leftOut(provider.id, repair));
  const changed = quirks.reduce<JsonObject>(
    (request, quirk) => quirk.request(request, group.model, warn),
    ids === null ? signed : ids(signed),
  );
  return { body: changed === parsed ? prepared : whole(changed), usageAdded };
}

/**
 * Reasoning that others signed, or that nobody did: Anthropic's format carried it with an empty signature, OpenAI's
 * Responses with an id of the gateway's.
 */
const FOREIGN: readonly string[] = [WRAPPED, '"signature":""', '"signature": ""', '"rs_swy_'];

const REFERENCES: readonly string[] = ['item_reference'];

/** For the log row. */
export const leftOut = (provider: string, repair: boolean): Told =>
  remark(repair ? 'reasoning-refused' : 'proofs-not-sent', { provider });

/** A body written anew. */
export function whole(request: JsonObject): PreparedBody {
  const bytes = Buffer.from(JSON.stringify(request));
  return { chunks: [bytes], length: bytes.length };
}
