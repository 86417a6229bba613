/** Rows of a request log as a busy year leaves them: many models, programs and conversations, some of it failing. */
import type { Outcome, RequestRow, TokenCounts } from '../../contract/log/row.ts';
import { createSampleText, type SampleText } from './sample-text.ts';

/** Oldest row to newest, ms. */
const SPAN = 365 * 86_400_000;
/** Requests of one conversation, at most. */
const TURNS = 12;

const served = (model: string, provider: string, dialect: string, share: number) => ({
  model,
  provider,
  dialect,
  share,
});
const SERVED = [
  served('gpt-5-mini', 'openai', 'openai-chat', 30),
  served('claude-sonnet-4-5', 'anthropic', 'anthropic-messages', 25),
  served('gemini-2.5-pro', 'google', 'gemini', 12),
  served('deepseek/deepseek-chat-v3-0324', 'openrouter', 'openai-chat', 10),
  served('llama-3.3-70b', 'groq', 'openai-chat', 8),
  served('qwen3-32b', 'my-vllm', 'openai-chat', 6),
  served('o3', 'openai', 'openai-responses', 5),
  served('mistral-large', 'mistral', 'openai-chat', 3),
  served('grok-4', 'xai', 'openai-chat', 0.9),
  served('kimi-k2', 'moonshot', 'openai-chat', 0.1),
];
/** Who calls, and with what: most people have one or two programs. */
const CALLERS = [
  { client: 'laptop', app: 'claude-code', share: 40 },
  { client: 'laptop', app: 'Cursor', share: 15 },
  { client: 'desktop', app: 'Cline', share: 15 },
  { client: 'desktop', app: 'Open WebUI', share: 10 },
  { client: 'ci', app: 'codex', share: 10 },
  { client: 'search', app: 'python-requests', share: 6 },
  { client: 'support', app: 'n8n', share: 3 },
  { client: 'support', app: 'Zed', share: 1 },
];
const ended = (outcome: Outcome, status: number, errorCode: string | null, share: number) => ({
  outcome,
  status,
  errorCode,
  share,
});
const OUTCOMES = [
  ended('ok', 200, null, 955),
  ended('error', 429, 'rate_limited', 15),
  ended('error', 502, 'upstream_error', 12),
  ended('error', 401, 'upstream_credentials_rejected', 3),
  ended('cut', 200, 'stream_cut', 5),
  ended('client-left', 499, null, 10),
];

/** A request with its bodies, where it has any. */
export interface SampleRequest {
  readonly row: RequestRow;
  readonly request: string | null;
  readonly response: string | null;
}

interface Thread {
  readonly name: string;
  readonly system: string;
  readonly messages: string[];
}

/**
 * @param count rows in all; the newest one is from `newest`, Unix ms
 * @param bodied each so many rows have bodies
 */
export function* sampleRequests(count: number, newest: number, bodied: number): Generator<SampleRequest> {
  const text = createSampleText(7);
  const threads: Thread[] = [];
  for (let index = 0; index < count; index += 1) {
    const startedAt = Math.floor(newest - SPAN + (SPAN * (index + 1)) / count);
    const withBodies = index % bodied === 0;
    const thread = withBodies ? threadFor(threads, text, index) : undefined;
    yield sampleRequest(index, startedAt, thread, text);
  }
}

function threadFor(threads: Thread[], text: SampleText, index: number): Thread {
  const place = text.below(40);
  const known = threads[place];
  if (known !== undefined && known.messages.length < TURNS * 2) return known;
  const system = `You are a careful assistant of team ${text.below(5)}. Answer in the language of the question.`;
  const begun = { name: `conversation-${index}`, system, messages: [] };
  threads[place] = begun;
  return begun;
}

function sampleRequest(
  index: number,
  startedAt: number,
  thread: Thread | undefined,
  text: SampleText,
): SampleRequest {
  const { model, provider, dialect } = text.weighted(SERVED);
  const { outcome, status, errorCode } = text.weighted(OUTCOMES);
  const { client, app } = text.weighted(CALLERS);
  const retried = text.below(40) === 0;
  const firstContentAt = outcome === 'error' ? null : 150 + text.below(3_000);
  const doneAt = (firstContentAt ?? 50) + text.below(20_000);
  const tokens = outcome === 'error' ? null : tokensOf(text);
  const bodies = thread === undefined ? null : turnOf(thread, model, text);
  const keyId = `k${text.below(2)}`;
  const row: RequestRow = {
    id: `req_${index.toString(36).padStart(8, '0')}${text.below(1e9).toString(36)}`,
    sequence: startedAt * 1_000 + (index % 1_000),
    startedAt,
    outcome,
    status,
    errorCode,
    client,
    app,
    dialect,
    modelAsked: text.below(3) === 0 ? 'fast' : model,
    modelServed: model,
    provider,
    streamed: text.below(4) !== 0,
    attemptCount: retried ? 2 : 1,
    firstContentAt,
    doneAt,
    tokens,
    tokensEstimated: text.below(50) === 0,
    finishReason: outcome === 'ok' ? 'stop' : null,
    keyId,
    tools: text.below(3) === 0,
    conversation: thread?.name ?? null,
    cost:
      tokens === null || provider === 'my-vllm' ? null : tokens.input * 250_000 + tokens.output * 2_000_000,
    demo: false,
    method: 'POST',
    path: dialect === 'anthropic-messages' ? '/v1/messages' : '/v1/chat/completions',
    keyFingerprint: `…${keyId}ab`,
    userAgent: 'sample/1.0',
    queuedFor: 0,
    connectedAt: 1,
    sentAt: 2,
    firstByteAt: firstContentAt,
    routing: null,
    attempts: [],
    warnings: [],
    errorMessage: errorCode === null ? null : `${provider} answered ${status}.`,
    errorTold: null,
    costDetail: null,
    requestHeaders: { 'user-agent': 'sample/1.0', 'content-type': 'application/json' },
    responseHeaders: { 'content-type': 'application/json' },
    requestBytes: bodies?.request.length ?? 2_000,
    responseBytes: bodies?.response.length ?? 800,
  };
  return { row, request: bodies?.request ?? null, response: bodies?.response ?? null };
}

/** The next request of a conversation: everything before it is sent again. */
function turnOf(thread: Thread, model: string, text: SampleText): { request: string; response: string } {
  const { system, messages } = thread;
  messages.push(text.paragraph());
  const sent = messages.map((content, index) => ({
    role: index % 2 === 0 ? 'user' : 'assistant',
    content,
  }));
  const answer = text.paragraph();
  messages.push(answer);
  const request = { model, messages: [{ role: 'system', content: system }, ...sent] };
  const message = { role: 'assistant', content: answer };
  const response = { model, choices: [{ index: 0, message, finish_reason: 'stop' }] };
  return { request: JSON.stringify(request), response: JSON.stringify(response) };
}

function tokensOf(text: SampleText): TokenCounts {
  const input = 200 + text.below(20_000);
  return { input, cacheRead: Math.floor(input / 2), cacheWrite: 0, output: text.below(2_000), reasoning: 0 };
}
