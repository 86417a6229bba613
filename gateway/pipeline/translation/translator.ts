/**
 * Asks targets that speak another dialect than the client. The client's request is read once, however many targets
 * are tried; what is written differs with each.
 */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { CanonicalRequest, Warn } from '../../core/canonical/request.ts';
import type { Origin } from '../../core/canonical/signature.ts';
import type { AnswerContext, ClientShape, RequestFacts } from '../../core/client-shape.ts';
import type { Dialect, Target } from '../../core/dialect.ts';
import type { Exchange } from '../../core/exchange.ts';
import { isArray, type JsonObject } from '../../core/json.ts';
import type { RuntimeEndpoint, RuntimeKey, RuntimeProvider } from '../../core/runtime-provider.ts';
import type { ScannedBody } from '../../core/scan-body.ts';
import { failed } from '../../core/failed.ts';
import type { PlanGroup } from '../../routing/plan.ts';
import { conversationName } from '../affinity.ts';
import { inlineMedia, rememberMedia, type MediaRule } from '../media.ts';
import type { PipelinePorts } from '../ports.ts';
import { leftOut, whole, type PreparedCall } from '../prepare.ts';
import type { ReadRequest } from '../read-request.ts';
import { fit } from './fit.ts';
import { restoreReasoning, type Scope } from './kept-reasoning.ts';
import { idRule } from './tool-names.ts';
import { translatedReading } from './translated-reading.ts';
import { wholeAsEvents } from './whole-as-events.ts';

export interface Translator {
  /** The client's request; null in `prepare` where there is nothing to repair. @throws GatewayError */
  prepare(
    group: PlanGroup,
    provider: RuntimeProvider,
    endpoint: RuntimeEndpoint,
    key: RuntimeKey,
    repair: boolean,
  ): Promise<PreparedCall | null>;
  /** The client's request in no dialect's words. @throws GatewayError */
  request(): CanonicalRequest;
  /** A whole answer in the client's own dialect as the events of a stream. @throws for what has none */
  asEvents(dialect: Dialect, body: Uint8Array): Uint8Array;
  /** An item of an earlier answer that the gateway wrote. */
  readonly itemOf: (id: string) => JsonObject | undefined;
}

export interface Asked {
  readonly exchange: Exchange;
  readonly shape: ClientShape;
  readonly body: ScannedBody;
  readonly facts: RequestFacts;
  readonly read: ReadRequest;
  readonly warn: Warn;
}

export function createTranslator(asked: Asked, ports: PipelinePorts): Translator {
  const { exchange, shape, body, facts, read } = asked;
  const told = new Set<string>();
  const warn: Warn = (remark) => {
    if (told.has(remark.text)) return;
    told.add(remark.text);
    asked.warn(remark);
  };
  const fetchMedia = rememberMedia(ports.media);
  const owner = exchange.client?.id ?? '';
  const from = { headers: exchange.request.headers, client: exchange.client?.id ?? null };
  let name: string | undefined;
  const scope: Scope = { owner, conversation: () => (name ??= conversationName(from, body)) };
  let decoded: CanonicalRequest | undefined;
  /** OpenAI keeps answers unless it is told not to, and its SDKs count on that. */
  let keeps = true;

  const hasLeft = (): boolean => exchange.response.destroyed;
  const itemOf = (id: string): JsonObject | undefined => ports.items.get(owner, id);

  /** Restored once. */
  function request(): CanonicalRequest {
    if (decoded !== undefined) return decoded;
    decoded = restoreReasoning(read.canonical(), ports.vault, scope);
    for (const loss of read.losses()) warn(loss);
    keeps = read.json()['store'] !== false;
    return decoded;
  }

  return {
    request,
    itemOf,
    asEvents: (dialect, body) => wholeAsEvents(body, dialect, shape, contextOf(request())),
    async prepare(group, provider, endpoint, key, repair) {
      await ports.vault.ready();
      const asked = request();
      if (repair && !hasSignatures(asked)) return null;
      if (repair) warn(leftOut(provider.id, true));
      const origin: Origin = { provider: provider.id, model: group.model, key: key.id };
      const { chat, quirks, id } = provider.definition;
      const { dialect } = endpoint;
      const options = { ids: idRule(dialect, chat), repair };
      const fitted = fit(asked, dialect, origin, options, warn);
      const rule = mediaRule(dialect, provider);
      const ready = await inlineMedia(fitted.request, rule, fetchMedia, warn, hasLeft);
      const { model } = group;
      const target: Target = { provider: id, name: provider.id, model, facts: provider.factsOf(model), chat };
      const written = quirks
        .filter((quirk) => quirk.dialect === dialect.id)
        .reduce<JsonObject>(
          (changed, quirk) => quirk.request(changed, group.model, warn),
          dialect.encodeRequest(ready, target, warn),
        );
      refuseEmpty(written, provider.id);
      return {
        endpoint,
        url: dialect.chatUrl(endpoint.baseUrl, group.model, facts.streamed),
        body: whole(written),
        reading: translatedReading({
          dialect,
          shape,
          fitted,
          origin,
          context: contextOf(asked),
          streamed: facts.streamed,
          vault: ports.vault,
          scope,
        }),
        relayed: false,
      };
    },
  };

  function contextOf(original: CanonicalRequest): AnswerContext {
    return {
      requestId: exchange.id,
      request: original,
      usageAsked: facts.usageAsked,
      framing: exchange.path.framing,
      created: Math.floor(ports.clock.wall() / 1_000),
      elapsed: () => ports.clock.monotonic() - exchange.arrivedAt,
      newId: (prefix) => prefix + randomName(ports.random),
      ...(keeps ? { keepItem: (item) => ports.items.put(owner, item) } : {}),
    };
  }
}

/** Gemini takes only what was uploaded to it, and no GIF; servers of OpenAI's chat differ, and take no files so. */
function mediaRule(dialect: Dialect, provider: RuntimeProvider): MediaRule {
  if (dialect.id === 'gemini') return { imageUrls: false, fileUrls: false, imageTypes: GEMINI_IMAGES };
  if (dialect.id !== 'openai-chat') return { imageUrls: true, fileUrls: true };
  return { imageUrls: provider.definition.chat.imageUrls, fileUrls: false };
}

/** Source: ai.google.dev, image understanding, "Supported image formats". */
const GEMINI_IMAGES = ['image/png', 'image/jpeg', 'image/webp', 'image/heic', 'image/heif'];

/** No provider answers a conversation without a word, and what they say of one helps nobody. */
function refuseEmpty(body: JsonObject, provider: string): void {
  const said = body['messages'] ?? body['input'] ?? body['contents'];
  if (!isArray(said) || said.length > 0) return;
  throw failed('invalid_request', remark('nothing-to-send', { provider }));
}

function hasSignatures({ turns }: CanonicalRequest): boolean {
  return turns.some(
    (turn) =>
      turn.role === 'assistant' &&
      turn.parts.some(
        (part) => 'signature' in part && part.signature !== null && part.signature !== undefined,
      ),
  );
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

/** 24 letters and digits. */
function randomName(random: () => number): string {
  let name = '';
  while (name.length < 24) name += LETTERS[Math.floor(random() * LETTERS.length)] ?? '';
  return name;
}
