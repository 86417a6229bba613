/** The outcome table against errors as providers sent them: whose fault, what next, what cools, for how long. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isArray, isObject, parseJson, type JsonObject } from '../core/json.ts';
import { readErrorValue } from '../core/read-error.ts';
import { cooldownLength } from './cooldown.ts';
import { retryHint } from './hints.ts';
import { judge } from './outcome.ts';

const FOLDER = new URL('../../../shared/fixtures/errors/', import.meta.url);
const found = existsSync(FOLDER);
const NOW = Date.UTC(2026, 7, 20, 12);

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const BASE = 30 * SECOND;
const REQUEST = 'request return nothing -';
const MODEL = `model next-target key-model ${BASE}`;

/** Status, headers and body of a recording, whichever way it was written down. */
function answerIn(file: string): {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
} {
  const value = parseJson(readFileSync(new URL(file, FOLDER), 'utf8'));
  const response = isObject(value) && isObject(value['response']) ? value['response'] : undefined;
  if (response !== undefined) return answerOf(response);
  return { status: Number(/-(\d{3})-/.exec(file)?.[1]), headers: {}, body: value };
}

function answerOf({ status, headers, body }: JsonObject) {
  const named = isObject(headers) ? Object.entries(headers) : [];
  return {
    status: Number(status),
    headers: Object.fromEntries(named.map(([name, value]) => [name.toLowerCase(), String(value)])),
    body,
  };
}

function verdictOf({ status, headers, body }: ReturnType<typeof answerIn>): string {
  const error = readErrorValue(status, body);
  const { scope, action, cools, atLeast } = judge({ kind: 'answer', error, headers });
  const settings = { base: BASE, ceiling: 60 * BASE };
  const length = cooldownLength(1, retryHint(headers, error, NOW), atLeast, settings, () => 0.5);
  return `${scope} ${action} ${cools} ${cools === 'nothing' ? '-' : length}`;
}

const RECORDED: Readonly<Record<string, string>> = {
  'anthropic-400-invalid-request.json': REQUEST,
  'anthropic-404-model.json': MODEL,
  'anthropic-count-tokens-404.json': MODEL,
  'deepseek-responses-400.json': REQUEST,
  'gemini-404-model.json': MODEL,
  'gemini-429-retry-info.json': 'account next-key account-model 34400',
  'groq-404-model.json': MODEL,
  'openai-400-bad-request.json': 'request repair nothing -',
  'openai-400-max-tokens-unsupported.json': 'request repair nothing -',
  'openai-400-no-messages.json': REQUEST,
  'openai-400-role-unsupported.json': REQUEST,
  'openai-400-temperature-unsupported.json': 'request repair nothing -',
  'openai-404-model.json': MODEL,
  'openai-429-insufficient-quota.json': `key next-key key ${HOUR}`,
  'openai-responses-400-model.json': MODEL,
  'openai-responses-400-param.json': REQUEST,
  'openai-responses-400-reasoning-missing.json': 'request repair nothing -',
  'vertex-400-temperature.json': REQUEST,
};

it.skipIf(!found)('every recorded error has a row here', () => {
  const recorded = readdirSync(FOLDER).filter((name) => /-\d{3}-|-\d{3}\.json$/.test(name));
  expect(recorded.sort()).toEqual(Object.keys(RECORDED).sort());
});

it.skipIf(!found).each(Object.entries(RECORDED))('%s: %s', (file, expected) => {
  expect(verdictOf(answerIn(file))).toBe(expected);
});

/** `collected-error-bodies.json`, in its order. */
const COLLECTED: readonly (readonly [says: string, verdict: string])[] = [
  ['openai 401', `key next-key key ${BASE}`],
  ['openai 403', `network next-target provider ${HOUR}`],
  ['openai 429', 'account next-key account-model 18642'],
  ['openai 429', 'key next-key nothing -'],
  ['openai 400', REQUEST],
  ['anthropic 401', `key next-key key ${BASE}`],
  ['anthropic 400', `key next-key key ${HOUR}`],
  ['anthropic 429', 'account next-key account-model 31000'],
  ['anthropic 429', `account next-key account ${11.5 * 24 * HOUR}`],
  ['anthropic 529', `provider next-key key-after-several ${BASE}`],
  ['anthropic 400', REQUEST],
  ['anthropic 400', REQUEST],
  ['anthropic-openai-compat 429', `account next-key account-model ${BASE}`],
  ['gemini 400', `key next-key key ${BASE}`],
  ['gemini 429', `account next-key account-model ${19 * HOUR}`],
  ['gemini 400', 'request repair nothing -'],
  ['openrouter 402', 'key next-key nothing -'],
  ['openrouter 429', `account next-key account-free ${24 * HOUR}`],
  ['openrouter 429', `account next-key account-free ${BASE}`],
  ['openrouter 403', REQUEST],
  ['openrouter-stream 200', `key next-key key ${BASE}`],
  ['groq 429', 'account next-key account-model 6836832'],
  ['groq 413', 'key next-key nothing -'],
  ['deepseek 402', `key next-key key ${HOUR}`],
  ['deepseek 400', REQUEST],
  ['ollama 404', MODEL],
];

it.skipIf(!found)('the collected bodies of all providers', () => {
  const value = parseJson(readFileSync(new URL('collected-error-bodies.json', FOLDER), 'utf8'));
  const entries = isArray(value) ? value.filter(isObject) : [];
  const verdicts = entries.map((entry) => [
    `${String(entry['provider'])} ${String(entry['status'])}`,
    verdictOf(answerOf(entry)),
  ]);
  expect(verdicts).toEqual(COLLECTED);
});
