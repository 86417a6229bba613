/** Calls for embeddings: relayed where client and target share a format, else translated. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { Warn } from '../../core/canonical/request.ts';
import type { ClientShape } from '../../core/client-shape.ts';
import type { AnswerVerdict } from '../../core/dialect.ts';
import { decodeText, isArray, isObject, parseJson, type JsonObject } from '../../core/json.ts';
import { asUpstreamModel } from './gemini-model.ts';
import type { RuntimeEndpoint } from '../../core/runtime-provider.ts';
import { NO_FACTS } from '../attempt-end.ts';
import { whole, type PreparedCall } from '../prepare.ts';
import { inShape, type AnswerReading } from '../reading.ts';
import {
  readGeminiAnswer,
  readGeminiRequest,
  readOpenAiAnswer,
  readOpenAiRequest,
  writeGeminiAnswer,
  writeGeminiRequest,
  writeOpenAiAnswer,
  writeOpenAiRequest,
  type Embeddings,
} from './embeddings.ts';
import { judge, passThrough } from './pass-through.ts';

export interface EmbedOptions {
  readonly body: JsonObject;
  /** As the client named it. */
  readonly asked: string;
  readonly model: string;
  readonly endpoint: RuntimeEndpoint;
  readonly shape: ClientShape;
  readonly requestId: string;
  readonly warn: Warn;
}

/** Gemini's client and target: every name of the model in the body is the upstream's. */
export function geminiRelay(options: EmbedOptions, batch: boolean): PreparedCall {
  const { body, model, endpoint, shape, requestId } = options;
  const name = asUpstreamModel(model);
  const named = (request: unknown): unknown =>
    isObject(request) && request['model'] !== undefined ? { ...request, model: name } : request;
  const requests = body['requests'];
  const renamed = named(isArray(requests) ? { ...body, requests: requests.map(named) } : body);
  return {
    endpoint,
    url: embedUrl(endpoint, model, batch ? 'batchEmbedContents' : 'embedContent'),
    body: whole(isObject(renamed) ? renamed : body),
    reading: passThrough(endpoint.dialect, shape, requestId),
    relayed: true,
  };
}

/** Gemini's client, a target of OpenAI's format. @throws GatewayError for what it cannot be asked */
export function geminiToOpenAi(options: EmbedOptions, batch: boolean): PreparedCall {
  const { body, model, endpoint, warn } = options;
  const request = readGeminiRequest(body, batch, warn);
  return {
    endpoint,
    url: `${endpoint.baseUrl}/embeddings`,
    body: whole(writeOpenAiRequest(request, model)),
    reading: translated(
      options,
      (answer) => readOpenAiAnswer(answer, request.texts.length),
      (vectors) => writeGeminiAnswer(vectors, batch),
    ),
    relayed: false,
  };
}

/** OpenAI's client, a target of Gemini's format. @throws GatewayError for what it cannot be asked */
export function openAiToGemini(options: EmbedOptions): PreparedCall {
  const { body, asked, model, endpoint } = options;
  const request = readOpenAiRequest(body);
  return {
    endpoint,
    url: embedUrl(endpoint, model, 'batchEmbedContents'),
    body: whole(writeGeminiRequest(request, asUpstreamModel(model))),
    reading: translated(
      options,
      (answer) => readGeminiAnswer(answer, request.texts.length),
      (vectors) => writeOpenAiAnswer(vectors, asked, request.packed),
    ),
    relayed: false,
  };
}

/** The dialect knows where chat lies; embeddings lie beside it. */
function embedUrl({ dialect, baseUrl }: RuntimeEndpoint, model: string, method: string): string {
  return dialect.chatUrl(baseUrl, model, false).replace(/:generateContent$/, `:${method}`);
}

function translated(
  { endpoint, shape, requestId }: EmbedOptions,
  read: (answer: JsonObject) => Embeddings | undefined,
  write: (vectors: Embeddings) => JsonObject,
): AnswerReading {
  const through = passThrough(endpoint.dialect, shape, requestId);
  return {
    ...through,
    judge(body, contentType): AnswerVerdict {
      const verdict = judge(body, contentType);
      if (verdict.kind !== 'answer') return verdict;
      const answer = parseJson(decodeText(body));
      const vectors = isObject(answer) ? read(answer) : undefined;
      if (vectors === undefined) {
        return { kind: 'invalid', why: remark('vectors-missing') };
      }
      return {
        kind: 'answer',
        facts: { ...NO_FACTS, usage: vectors.usage, model: verdict.facts.model },
        translated: {
          body: Buffer.from(JSON.stringify(write(vectors))),
          contentType: 'application/json; charset=utf-8',
        },
      };
    },
    passOn: (error, answer) => inShape(shape, requestId, error, answer),
    needsWhole: true,
  };
}
