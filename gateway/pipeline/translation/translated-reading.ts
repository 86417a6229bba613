/** How an upstream's answer in another dialect becomes the client's. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { Origin } from '../../core/canonical/signature.ts';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import type { AnswerContext, ClientShape } from '../../core/client-shape.ts';
import type { AnswerVerdict, Dialect } from '../../core/dialect.ts';
import { decodeText, isObject, parseArguments } from '../../core/json.ts';
import type { SignatureVault } from '../../core/signature-vault.ts';
import type { ResponseFacts } from '../../core/usage.ts';
import { inShape, type AnswerReading } from '../reading.ts';
import { withPart } from './answer-facts.ts';
import { createPartMapper } from './client-parts.ts';
import type { Fitted } from './fit.ts';
import { createKeeper, type ReasoningKeeper, type Scope } from './kept-reasoning.ts';
import { partsAsEvents } from './whole-as-events.ts';
import { translateStream } from './translated-stream.ts';

export interface TranslatedReadingOptions {
  /** The upstream's. */
  readonly dialect: Dialect;
  /** The client's. */
  readonly shape: ClientShape;
  readonly fitted: Fitted;
  readonly origin: Origin;
  readonly context: AnswerContext;
  readonly streamed: boolean;
  readonly vault: SignatureVault;
  readonly scope: Scope;
}

export function translatedReading(options: TranslatedReadingOptions): AnswerReading {
  const { dialect, shape, fitted, origin, context, streamed, vault, scope } = options;
  const streamType = shape.streamType(context.framing);
  let lastKeeper: ReasoningKeeper | undefined;

  function newKeeper(): ReasoningKeeper {
    lastKeeper = createKeeper(vault, origin, scope);
    return lastKeeper;
  }

  function judge(body: Uint8Array, contentType: string): AnswerVerdict {
    const verdict = dialect.judgeAnswer(body, contentType);
    if (verdict.kind !== 'answer') return verdict;
    // As it was judged: some servers put a byte order mark in front.
    const value = parseArguments(decodeText(body).trim());
    if (!isObject(value)) return { kind: 'invalid', why: remark('answer-no-object') };
    const map = createPartMapper(fitted, origin, context.request);
    const keeper = newKeeper();
    const parts: StreamPart[] = [];
    let facts: ResponseFacts = { usage: null, finishReason: null, model: null };
    for (const part of dialect.decodeAnswer(value).flatMap(map)) {
      if (part.kind === 'error') return { kind: 'error', error: part.error, facts: verdict.facts };
      facts = withPart(facts, part);
      keeper.take(part);
      parts.push(part);
    }
    keeper.keep();
    const text = streamed ? partsAsEvents(parts, shape, context) : shape.encodeAnswer(parts, context);
    return {
      kind: 'answer',
      facts: { ...facts, usage: facts.usage ?? verdict.facts.usage },
      translated: {
        body: Buffer.from(text),
        contentType: streamed ? streamType : 'application/json; charset=utf-8',
      },
    };
  }

  return {
    judge,
    observe() {
      const keeper = newKeeper();
      return translateStream({
        decoder: dialect.decodeStream(),
        encoder: shape.encodeStream(context),
        map: createPartMapper(fitted, origin, context.request),
        seen: keeper.take,
        done: keeper.keep,
      });
    },
    readError: (status, body) => dialect.readError(status, body),
    passOn: (error, answer) => inShape(shape, context.requestId, error, answer),
    renderError: (error, observer) =>
      observer.renderError?.(error) ?? shape.renderErrorEvent(error, context.requestId, context.framing),
    streamType,
    needsWhole: true,
    // Judged, it is one already.
    asEvents: null,
    signed: () => lastKeeper?.signed ?? false,
  };
}
