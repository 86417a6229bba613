/** The short form of a row of the request log, for lists and events. */
import type { LiveRow, RequestRow, RequestSummary } from '../../contract/log/row.ts';
import { redactTold } from './redact-told.ts';

/** The columns a list shows, without the rest. */
export function summaryOf(row: RequestRow): RequestSummary {
  return {
    id: row.id,
    sequence: row.sequence,
    startedAt: row.startedAt,
    outcome: row.outcome,
    status: row.status,
    errorCode: row.errorCode,
    client: row.client,
    app: row.app,
    dialect: row.dialect,
    modelAsked: row.modelAsked,
    modelServed: row.modelServed,
    provider: row.provider,
    streamed: row.streamed,
    attemptCount: row.attemptCount,
    firstContentAt: row.firstContentAt,
    doneAt: row.doneAt,
    tokens: row.tokens,
    tokensEstimated: row.tokensEstimated,
    finishReason: row.finishReason,
    keyId: row.keyId,
    tools: row.tools,
    conversation: row.conversation,
    cost: row.cost,
    demo: row.demo,
  };
}

/** The same with warnings, and with the attempts once there is more to tell of them than that the first one went well. */
export function liveRowOf(row: RequestRow): LiveRow {
  const told = row.attempts.some(({ action }) => action !== 'done');
  return {
    ...summaryOf(row),
    ...(told ? { attempts: [...row.attempts] } : {}),
    ...(row.warnings.length > 0 ? { warnings: [...row.warnings] } : {}),
  };
}

/** The same without secrets: a client may send one as a model's name, a provider as the reason of an end. */
export function redactLiveRow(row: LiveRow, redact: (text: string) => string): LiveRow {
  const clean = (text: string | null): string | null => (text === null ? null : redact(text));
  return {
    ...row,
    app: clean(row.app),
    modelAsked: clean(row.modelAsked),
    modelServed: clean(row.modelServed),
    finishReason: clean(row.finishReason),
    ...(row.warnings === undefined ? {} : { warnings: row.warnings.map((told) => redactTold(told, redact)) }),
    ...(row.attempts === undefined
      ? {}
      : {
          attempts: row.attempts.map((attempt) => ({
            ...attempt,
            model: redact(attempt.model),
            message: clean(attempt.message),
          })),
        }),
  };
}
