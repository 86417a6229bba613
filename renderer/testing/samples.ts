/** Rows, providers and states as the engine would tell them; small, whole and adjustable. */
import type { AttemptRecord, RequestPage, RequestRow, RequestSummary } from '../../contract/log/row.ts';
import type { Figures, Statistics, StatisticsGroup } from '../../contract/log/statistics.ts';
import type { ModelCatalogue, ModelView } from '../../contract/rpc/procedures/models.ts';
import type { AliasTargetView, AliasView } from '../../contract/rpc/procedures/aliases.ts';
import type { GatewayStatus } from '../../contract/rpc/procedures/gateway.ts';
import type { ChatEnd } from '../../contract/rpc/procedures/playground.ts';
import type { KeyView, ProviderView } from '../../contract/rpc/procedures/providers.ts';

/** The end of a chat that nothing is told of but that it went well. */
export const PLAIN_END: ChatEnd = {
  requestId: 'req_1',
  outcome: 'ok',
  status: 200,
  provider: 'openai',
  model: 'm',
  keyFingerprint: null,
  attempts: 1,
  firstContentAt: 1,
  doneAt: 2,
  tokens: null,
  cost: null,
  warnings: [],
  finishReason: 'stop',
  error: null,
};

/** What is kept of a conversation that a page puts: all but what it was made of. */
export function keptOf<Put extends object>(put: Put): Put {
  const kept = { ...put };
  Reflect.deleteProperty(kept, 'revision');
  return kept;
}

/** Moment the samples count from, Unix ms. */
export const NOON = Date.UTC(2026, 10, 21, 12);

export function sampleAttempt(changes: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    provider: 'openai',
    model: 'gpt-5-mini',
    keyId: 'k1',
    keyFingerprint: '…a1b2',
    startedAt: 1,
    connectedAt: 20,
    sentAt: 24,
    firstByteAt: 300,
    firstContentAt: 320,
    doneAt: 1_500,
    status: 200,
    reusedSocket: false,
    result: 'ok',
    scope: null,
    action: 'done',
    message: null,
    cooldown: null,
    waited: 0,
    why: 'first',
    passedOver: [],
    ...changes,
  };
}

/** @param sequence decides id and time too: a higher one is newer */
export function sampleRow(sequence: number, changes: Partial<RequestRow> = {}): RequestRow {
  return {
    id: `req_${sequence}`,
    sequence,
    startedAt: NOON + sequence * 1_000,
    outcome: 'ok',
    status: 200,
    errorCode: null,
    client: null,
    app: 'Cline',
    dialect: 'openai-chat',
    modelAsked: 'gpt-5-mini',
    modelServed: 'gpt-5-mini',
    provider: 'openai',
    streamed: true,
    attemptCount: 1,
    firstContentAt: 320,
    doneAt: 1_500,
    tokens: { input: 2_148, cacheRead: 0, cacheWrite: 0, output: 402, reasoning: 0 },
    tokensEstimated: false,
    finishReason: 'stop',
    keyId: 'k1',
    tools: false,
    conversation: null,
    cost: null,
    demo: false,
    method: 'POST',
    path: '/v1/chat/completions',
    keyFingerprint: '…a1b2',
    userAgent: 'Cline/3.1',
    queuedFor: 0.3,
    connectedAt: 20,
    sentAt: 24,
    firstByteAt: 300,
    routing: null,
    attempts: [sampleAttempt()],
    warnings: [],
    errorMessage: null,
    errorTold: null,
    costDetail: null,
    requestHeaders: { 'content-type': 'application/json' },
    responseHeaders: { 'content-type': 'text/event-stream' },
    requestBytes: 61_200,
    responseBytes: 3_100,
    ...changes,
  };
}

/** A list of rows as the log pages it: newest first, from a row on, some left out. */
export function pageOf(
  rows: readonly RequestSummary[],
  query: {
    readonly limit?: number;
    readonly before?: number | undefined;
    readonly skip?: number | undefined;
  },
): RequestPage {
  const { limit = 100, before = Infinity, skip = 0 } = query;
  const newestFirst = [...rows].sort((a, b) => b.sequence - a.sequence);
  const rest = newestFirst.filter(({ sequence }) => sequence < before).slice(skip);
  const shown = rest.slice(0, limit);
  return {
    rows: shown,
    total: rows.length,
    totalIsExact: true,
    next: rest.length > limit ? (shown.at(-1)?.sequence ?? null) : null,
  };
}

export function sampleKey(changes: Partial<KeyView> = {}): KeyView {
  return {
    id: 'k-1',
    label: 'main',
    fingerprint: '…a1b2',
    source: 'stored',
    variable: null,
    weight: 1,
    rpm: 0,
    tpm: 0,
    maxConcurrency: 0,
    enabled: true,
    state: 'ready',
    reason: null,
    scope: null,
    message: null,
    status: null,
    coolingFor: 0,
    consecutiveFailures: 0,
    lastUsedAt: null,
    lastFailedAt: null,
    inFlight: 0,
    models: [],
    quota: [],
    account: null,
    sharesAccountWith: [],
    probe: null,
    locked: false,
    ...changes,
  };
}

export function sampleProvider(changes: Partial<ProviderView> = {}): ProviderView {
  return {
    id: 'openai',
    name: 'OpenAI',
    enabled: true,
    builtIn: true,
    endpoints: [
      {
        dialect: 'openai-chat',
        baseUrl: 'https://api.openai.com/v1',
        finalUrl: 'https://api.openai.com/v1/chat/completions',
      },
    ],
    baseUrl: 'https://api.openai.com/v1',
    allowsPrivateNetwork: false,
    needsKey: true,
    local: false,
    demo: false,
    signUpUrl: 'https://platform.openai.com/api-keys',
    keys: [sampleKey()],
    strategy: 'weighted',
    modelCount: 11,
    problem: null,
    ...changes,
  };
}

export function sampleStatus(changes: Partial<GatewayStatus> = {}): GatewayStatus {
  return {
    state: 'running',
    version: '0.1.0',
    address: 'http://127.0.0.1:8000',
    startedAt: NOON,
    demo: false,
    inFlight: 0,
    requestsPerMinute: 9,
    secretStore: 'sealed',
    log: { queued: 0, droppedBodies: 0, droppedRows: 0, index: { waiting: 0, since: null }, problem: null },
    alerts: [],
    problems: [],
    lockedSettings: {},
    ...changes,
  };
}

export function sampleModel(changes: Partial<ModelView> = {}): ModelView {
  return {
    id: 'openai/gpt-5',
    provider: 'openai',
    providerName: 'OpenAI',
    model: 'gpt-5',
    name: 'GPT-5',
    contextTokens: 400_000,
    maxOutputTokens: 128_000,
    price: {
      input: 1.25,
      output: 10,
      cacheRead: 0.125,
      cacheWrite: null,
      source: 'catalogue',
      tiered: false,
    },
    capabilities: ['tools', 'vision', 'reasoning'],
    outputs: ['text'],
    favourite: false,
    releasedAt: Date.UTC(2025, 7, 7),
    usable: true,
    local: false,
    aliases: [],
    demo: false,
    ...changes,
  };
}

export function sampleCatalogue(
  models: readonly ModelView[],
  changes: Partial<ModelCatalogue> = {},
): ModelCatalogue {
  const providers = new Map(models.map(({ provider, providerName }) => [provider, providerName]));
  return {
    models,
    lists: [...providers].map(([provider, providerName]) => ({
      provider,
      providerName,
      state: 'listed',
      count: models.filter((model) => model.provider === provider).length,
      readAt: NOON,
      problem: null,
    })),
    aliases: [],
    pricesAsOf: '2026-09-23',
    ...changes,
  };
}

export function sampleTarget(changes: Partial<AliasTargetView> = {}): AliasTargetView {
  return {
    model: 'openai/gpt-5',
    state: 'ready',
    problem: null,
    because: null,
    coolingFor: 0,
    alias: false,
    cycle: null,
    provider: 'openai',
    ...changes,
  };
}

export function sampleAlias(changes: Partial<AliasView> = {}): AliasView {
  return {
    id: 'fast',
    strategy: 'priority',
    targets: [sampleTarget()],
    kind: 'alias',
    shadows: null,
    isDefault: false,
    hits: 0,
    lastHitAt: null,
    ...changes,
  };
}

/** Figures of no request, unless changed. */
export function sampleFigures(changes: Partial<Figures> = {}): Figures {
  return {
    requests: 0,
    succeeded: 0,
    errors: {},
    retried: 0,
    cached: 0,
    tokens: { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 },
    cost: 0,
    unpriced: 0,
    estimated: 0,
    duration: null,
    firstContent: null,
    ...changes,
  };
}

/** Statistics of two hours, all of it in the second; without a name, unless changed. */
export function sampleStatistics(total: Figures, changes: Partial<Statistics> = {}): Statistics {
  const bucket = 3_600_000;
  return {
    from: NOON - 2 * bucket,
    until: NOON,
    bucket,
    total,
    before: null,
    buckets: [
      { at: NOON - 2 * bucket, ...sampleFigures() },
      { at: NOON - bucket, ...total },
    ],
    groups: [],
    ...changes,
  };
}

/** One name with all of its figures in the second of two buckets. */
export function sampleGroup(name: string | null, figures: Figures): StatisticsGroup {
  const { requests, succeeded, tokens, cost } = figures;
  return {
    name,
    ...figures,
    series: {
      requests: [0, requests],
      failed: [0, requests - succeeded],
      tokens: [0, tokens.input + tokens.output],
      cost: [0, cost],
    },
  };
}
