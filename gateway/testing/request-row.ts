/** Rows and bodies of the request log for tests. */
import { quoted } from '../../contract/rpc/remarks/remark.ts';
import type { RequestRow, RequestSummary } from '../../contract/log/row.ts';
import type { BodyCapture, RowBodies } from '../core/log-store.ts';

export const NO_BODIES: RowBodies = { request: null, response: null };

/** A finished row that went well; `sequence` also makes its id unless one is given. */
export function requestRow(row: Partial<RequestRow> & { readonly sequence: number }): RequestRow {
  return {
    id: `req_${row.sequence}`,
    startedAt: Date.UTC(2026, 10, 21, 12),
    outcome: 'ok',
    status: 200,
    errorCode: null,
    client: 'laptop',
    app: 'claude-code',
    dialect: 'openai-chat',
    modelAsked: 'fast',
    modelServed: 'gpt-5-mini',
    provider: 'openai',
    streamed: true,
    attemptCount: 1,
    firstContentAt: 120.5,
    doneAt: 450.25,
    tokens: { input: 100, cacheRead: 40, cacheWrite: 0, output: 50, reasoning: 10 },
    tokensEstimated: false,
    finishReason: 'stop',
    keyId: 'k1',
    tools: false,
    conversation: 'c1',
    cost: 123_000_000,
    demo: false,
    method: 'POST',
    path: '/v1/chat/completions',
    keyFingerprint: '…a1b2',
    userAgent: 'claude-cli/2.1',
    queuedFor: 0,
    connectedAt: 1.25,
    sentAt: 1.5,
    firstByteAt: 100,
    routing: {
      rule: { number: 2, model: 'smart' },
      aliases: [
        { alias: 'smart', strategy: 'complexity', first: 'fast', because: 'range', figure: 0.25 },
        { alias: 'fast', strategy: 'priority', first: 'openai/gpt-5-mini', because: 'written', figure: null },
      ],
      complexity: { score: 0.25, parts: { length: 0.25 } },
    },
    attempts: [
      {
        provider: 'openai',
        model: 'gpt-5-mini',
        keyId: 'k1',
        keyFingerprint: '…a1b2',
        startedAt: 0.5,
        connectedAt: 1.25,
        sentAt: 1.5,
        firstByteAt: 100,
        firstContentAt: 120.5,
        doneAt: 450,
        status: 200,
        reusedSocket: true,
        result: 'ok',
        scope: null,
        action: 'done',
        message: null,
        cooldown: null,
        waited: 0,
        why: 'first',
        passedOver: [],
      },
    ],
    warnings: [quoted('a warning')],
    errorMessage: null,
    errorTold: null,
    costDetail: null,
    requestHeaders: { 'user-agent': 'claude-cli/2.1' },
    responseHeaders: { 'content-type': 'text/event-stream' },
    requestBytes: 11,
    responseBytes: 22,
    ...row,
  };
}

/** The same row while it runs. */
export function liveRow(sequence: number): RequestRow {
  return requestRow({ sequence, outcome: 'live', status: null, doneAt: null, tokens: null });
}

/** A body as the capturer hands it over, in the chunks given. */
export function capture(...chunks: readonly (string | Uint8Array)[]): BodyCapture {
  const bytes = chunks.map((chunk) => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk));
  return {
    chunks: bytes,
    bytes: bytes.reduce((sum, chunk) => sum + chunk.length, 0),
    truncated: false,
    contentType: 'application/json',
  };
}

/** Which rows these are, in their order. */
export const sequences = (rows: readonly RequestSummary[]): readonly number[] =>
  rows.map(({ sequence }) => sequence);
