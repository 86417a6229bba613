/** The short form of a row of the request log, for lists and events. */
import type { RequestRow, RequestSummary } from '../../contract/log/row.ts';

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
    demo: row.demo,
  };
}

/** The same without secrets: a client may send one as a model's name, a provider as the reason of an end. */
export function redactSummary(summary: RequestSummary, redact: (text: string) => string): RequestSummary {
  const clean = (text: string | null): string | null => (text === null ? null : redact(text));
  return {
    ...summary,
    app: clean(summary.app),
    modelAsked: clean(summary.modelAsked),
    modelServed: clean(summary.modelServed),
    finishReason: clean(summary.finishReason),
  };
}
