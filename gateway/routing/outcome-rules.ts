/**
 * The rows of the outcome table for answers of upstreams. Each row names its reason, whose fault it is,
 * what to do next and what cools. Order matters: the more particular row stands first.
 */
import type { UpstreamError } from '../core/upstream-error.ts';
import type { Judgement } from './outcome.ts';

/** An upstream error with the status it means. */
export type AnswerFacts = UpstreamError;

interface Rule {
  readonly when: (facts: AnswerFacts) => boolean;
  readonly judgement: Omit<Judgement, 'atLeast'> & { readonly atLeast?: number };
}

const HOUR = 3_600_000;

/** Codes and types by which providers say that an account has no credit left. */
const NO_CREDIT: ReadonlySet<string> = new Set([
  'insufficient_quota',
  'credit_balance_exhausted',
  'billing_hard_limit_reached',
  'billing_error',
  'payment_required',
]);

const named = (facts: AnswerFacts, names: ReadonlySet<string>): boolean =>
  names.has(facts.code) || names.has(facts.type) || names.has(facts.details['error_type'] ?? '');

const names = (...list: readonly string[]): ReadonlySet<string> => new Set(list);
const POLICY = names('content_policy_violation', 'content_filter', 'moderation_blocked', 'refusal');
const BAD_KEY = names('invalid_api_key', 'api_key_invalid', 'authentication_error', 'authentication');

/**
 * Anthropic: "Invalid `signature` in `thinking` block", "thinking or redacted_thinking blocks ... cannot be modified";
 * OpenAI: "The encrypted content ... could not be verified", "Item 'rs_...' of type 'reasoning' was provided without
 * its required following item", "Item with id 'rs_...' not found"; Gemini: "Thought signature is not valid",
 * "Function call is missing a thought_signature".
 */
const SIGNATURE =
  /thought[ _]?signature|signature[^.]{0,40}thinking|thinking[^.]{0,40}(?:signature|cannot be modified)|redacted_thinking|encrypted[ _]content|of type 'reasoning'|item with id '?rs_|reasoning item/i;
/** Anthropic lists every block it knows, thoughts among them, to whoever sends one it does not. */
const UNKNOWN_BLOCK = /: Input tag '/;

/** Rows for `judge`, first match wins. */
export const RULES: readonly Rule[] = [
  {
    // OpenRouter marks moderation with metadata.reasons; others with a code or in words.
    when: (facts) =>
      [400, 403].includes(facts.status) &&
      (named(facts, POLICY) ||
        facts.details['reasons'] !== undefined ||
        /moderation|content policy|usage policies|flagged/i.test(facts.message)),
    judgement: { reason: 'policy', scope: 'request', action: 'return', cools: 'nothing' },
  },
  {
    // Anthropic says it with 400, DeepSeek and OpenRouter with 402, OpenAI with 429. Gemini has OpenAI's words for
    // a limit of a minute or a day, which comes back by itself.
    when: (facts) =>
      facts.status === 402 ||
      named(facts, NO_CREDIT) ||
      ([400, 403, 429].includes(facts.status) &&
        facts.type !== 'RESOURCE_EXHAUSTED' &&
        /credit balance is too low|insufficient (?:balance|credit|funds)|exceeded your current quota/i.test(
          facts.message,
        )),
    judgement: { reason: 'credit_exhausted', scope: 'key', action: 'next-key', cools: 'key', atLeast: HOUR },
  },
  {
    when: (facts) => facts.status === 400 && /api usage limits/i.test(facts.message),
    judgement: { reason: 'spend_limit', scope: 'key', action: 'next-key', cools: 'key', atLeast: HOUR },
  },
  {
    // Reasoning that came from another model, route or account, or lost a neighbour: without it the rest stands.
    when: (facts) =>
      facts.status === 400 &&
      (facts.code === 'invalid_encrypted_content' ||
        (SIGNATURE.test(facts.message) && !UNKNOWN_BLOCK.test(facts.message))),
    judgement: { reason: 'signature_rejected', scope: 'request', action: 'repair', cools: 'nothing' },
  },
  {
    when: (facts) => facts.status === 401,
    judgement: { reason: 'key_rejected', scope: 'key', action: 'next-key', cools: 'key' },
  },
  {
    // Gemini answers a bad key with 400 and the reason API_KEY_INVALID.
    when: (facts) =>
      [400, 403].includes(facts.status) &&
      (BAD_KEY.has(facts.code.toLowerCase()) ||
        facts.details['reason'] === 'API_KEY_INVALID' ||
        /api key (?:not valid|not found|expired|is invalid|was reported as leaked)|invalid api key|incorrect api key/i.test(
          facts.message,
        )),
    judgement: { reason: 'key_rejected', scope: 'key', action: 'next-key', cools: 'key' },
  },
  {
    when: (facts) => facts.status === 403,
    judgement: { reason: 'forbidden', scope: 'model', action: 'next-key', cools: 'key-model' },
  },
  {
    when: (facts) => facts.status === 404,
    judgement: { reason: 'model_unavailable', scope: 'model', action: 'next-target', cools: 'key-model' },
  },
  {
    // Groq: this tier's budget per minute can never hold the request; a bigger tier may.
    when: (facts) => facts.status === 413 && facts.code === 'rate_limit_exceeded',
    judgement: { reason: 'over_tier', scope: 'key', action: 'next-key', cools: 'nothing' },
  },
  {
    when: (facts) => facts.status === 429 && /request too large/i.test(facts.message),
    judgement: { reason: 'over_tier', scope: 'key', action: 'next-key', cools: 'nothing' },
  },
  {
    // An aggregator's own upstream is limited: the key is fine.
    when: (facts) =>
      facts.status === 429 &&
      (facts.details['provider_name'] !== undefined ||
        /temporarily rate-limited upstream/i.test(facts.message) ||
        facts.details['reason'] === 'MODEL_CAPACITY_EXHAUSTED'),
    judgement: { reason: 'model_overloaded', scope: 'model', action: 'next-target', cools: 'key-model' },
  },
  {
    when: (facts) => facts.status === 429,
    judgement: { reason: 'rate_limited', scope: 'key', action: 'next-key', cools: 'key' },
  },
  {
    when: (facts) => facts.status >= 300 && facts.status < 400,
    judgement: { reason: 'upstream_redirected', scope: 'provider', action: 'next-target', cools: 'nothing' },
  },
  {
    when: (facts) => [408, 504, 524].includes(facts.status),
    judgement: {
      reason: 'upstream_timeout',
      scope: 'provider',
      action: 'next-key',
      cools: 'key-after-several',
    },
  },
  {
    when: (facts) => facts.status === 409,
    judgement: { reason: 'conflict', scope: 'provider', action: 'next-key', cools: 'nothing' },
  },
  {
    when: (facts) => facts.status === 503 || facts.status === 529,
    judgement: { reason: 'overloaded', scope: 'provider', action: 'next-key', cools: 'key-after-several' },
  },
];
