/** The request by which a connected tool is tried, in the words of its own format, and what came back. Pure. */
import type { ToolView } from '../../contract/rpc/procedures/connect.ts';

/** As the log shows it: not the tool itself. */
export const TEST_AGENT = 'Switchyard-Test';
export const TEST_APP = 'Switchyard model test';
/** Tokens a test may cost; enough for the word it asks for. */
const TOKENS = 16;
const PROMPT = 'Reply with the single word: ready';

export interface TestRequest {
  /** Below the address of the gateway. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** @param key as the tool's files have it */
export function testRequest(dialect: ToolView['dialect'], model: string, key: string): TestRequest {
  const headers = { 'content-type': 'application/json', 'user-agent': TEST_AGENT };
  const bearer = { ...headers, authorization: `Bearer ${key}` };
  const messages = [{ role: 'user', content: PROMPT }];
  switch (dialect) {
    case 'openai-chat':
      return {
        path: '/v1/chat/completions',
        headers: bearer,
        body: JSON.stringify({ model, messages, max_tokens: TOKENS }),
      };
    case 'openai-responses':
      return {
        path: '/v1/responses',
        headers: bearer,
        body: JSON.stringify({ model, input: PROMPT, max_output_tokens: TOKENS, store: false }),
      };
    case 'anthropic-messages':
      return {
        path: '/v1/messages',
        headers: { ...bearer, 'anthropic-version': '2023-06-01' },
        body: JSON.stringify({ model, messages, max_tokens: TOKENS }),
      };
    case 'gemini':
      return {
        path: `/v1beta/models/${model.split('/').map(encodeURIComponent).join('/')}:generateContent`,
        headers: { ...headers, 'x-goog-api-key': key },
        body: JSON.stringify({
          contents: [{ role: 'user', parts: [{ text: PROMPT }] }],
          generationConfig: { maxOutputTokens: TOKENS },
        }),
      };
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where each format keeps its lists on the way to a text. */
const STEPS = ['choices', 'message', 'candidates', 'output', 'content', 'parts'] as const;

/** What a model said, in any of the formats; a model may have used up the tokens by reasoning. */
export function answerText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map((each: unknown) => answerText(each)).join('');
  if (!isRecord(value)) return '';
  // Reasoning is no answer.
  if (value['type'] === 'reasoning' || value['type'] === 'thinking' || value['thought'] === true) return '';
  if (typeof value['text'] === 'string') return value['text'];
  return STEPS.flatMap((step) => (step in value ? [answerText(value[step])] : [])).join('');
}

/** The sentence of an error in any of the formats; null where the body has none. */
export function errorText(value: unknown): string | null {
  const error = isRecord(value) ? value['error'] : undefined;
  const message = isRecord(error) ? error['message'] : undefined;
  return typeof message === 'string' ? message : null;
}
