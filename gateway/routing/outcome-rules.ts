/**
 * The rows of the outcome table for answers of upstreams, as data: one row for each answer that a provider documents
 * or was recorded giving. Each names its signs, whose fault it is, what to do next and what cools. Order matters: the
 * more particular row stands first. Sources: research on protocols, section 7, and the recorded error bodies.
 */
import { MINUTE_QUOTA, DAY_QUOTA } from './quota-names.ts';
import type { Judgement } from './outcome.ts';
import type { Signs } from './signs.ts';

/** Stands as the code of an error that says nothing but that there is no such call. */
export const MISSING_CALL = 'call_missing';

/** One row of the table. */
export interface OutcomeRule {
  /** Who says it, and what it means there. */
  readonly says: string;
  /** All of them must be there. */
  readonly when: Signs;
  readonly judgement: Omit<Judgement, 'atLeast'> & { readonly atLeast?: number };
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const POLICY = { reason: 'policy', scope: 'request', action: 'return', cools: 'nothing' } as const;
const NO_CREDIT = {
  reason: 'credit_exhausted',
  scope: 'key',
  action: 'next-key',
  cools: 'key',
  atLeast: HOUR,
} as const;
const SPENT = {
  reason: 'spend_limit',
  scope: 'account',
  action: 'next-key',
  cools: 'account',
  atLeast: HOUR,
} as const;
const REJECTED = { reason: 'key_rejected', scope: 'key', action: 'next-key', cools: 'key' } as const;
const REPAIR = {
  reason: 'signature_rejected',
  scope: 'request',
  action: 'repair',
  cools: 'nothing',
} as const;
const UNKNOWN_MODEL = {
  reason: 'model_unavailable',
  scope: 'model',
  action: 'next-target',
  cools: 'key-model',
} as const;
const NAMED_THING =
  'file|vector store|conversation|cached ?content|response|item|prompt|container|batch|thread|assistant|upload|skill';
/**
 * OpenAI: "No such File object: file-...", "Vector store with id 'vs_...' not found."; Anthropic: "File not found: ...";
 * Gemini: "You do not have permission to access the File ... or it may not exist.", "CachedContent not found". Each
 * names the thing: "File not found." is what servers of files say to a wrong address.
 */
const MISSING_REFERENCE = new RegExp(
  [
    `\\bno such (?:${NAMED_THING})(?: object)?: \\S`,
    `\\baccess the (?:${NAMED_THING}) \\S`,
    `\\b(?:${NAMED_THING}) with id \\S{1,120} (?:not found|does not exist|has expired)`,
    `\\b(?:${NAMED_THING}) not found: \\S`,
    '\\bcachedcontent not found',
  ].join('|'),
  'i',
);
const NO_ENDPOINTS = {
  reason: 'no_endpoints',
  scope: 'model',
  action: 'next-target',
  cools: 'nothing',
} as const;
const ELSEWHERE = {
  reason: 'location_unsupported',
  scope: 'network',
  action: 'next-target',
  cools: 'provider',
  atLeast: HOUR,
} as const;
const OVER_TIER = { reason: 'over_tier', scope: 'key', action: 'next-key', cools: 'nothing' } as const;
const MODEL_FULL = {
  reason: 'model_overloaded',
  scope: 'model',
  action: 'next-target',
  cools: 'model',
} as const;
const LIMITED = { reason: 'rate_limited', scope: 'key', action: 'next-key', cools: 'key' } as const;
const LIMITED_FOR_MODEL = { ...LIMITED, scope: 'account', cools: 'account-model' } as const;
const OVERLOADED = {
  reason: 'overloaded',
  scope: 'provider',
  action: 'next-key',
  cools: 'key-after-several',
} as const;

/**
 * Anthropic: "Invalid `signature` in `thinking` block", "thinking or redacted_thinking blocks ... cannot be modified";
 * OpenAI: "The encrypted content ... could not be verified", "Item 'rs_...' of type 'reasoning' was provided without
 * its required following item", "Item with id 'rs_...' not found"; Gemini: "Thought signature is not valid",
 * "Function call is missing a thought_signature".
 */
const SIGNATURE =
  /thought[ _]?signature|signature[^.]{0,40}thinking|thinking[^.]{0,40}(?:signature|cannot be modified)|redacted_thinking|encrypted[ _]content|of type 'reasoning'|item with id '?rs_|reasoning item/i;

/** Rows for `judge`, first match wins. */
export const RULES: readonly OutcomeRule[] = [
  {
    says: 'any: the content breaks a policy, by code',
    when: {
      status: [400, 403],
      named: ['content_policy_violation', 'content_filter', 'moderation_blocked', 'refusal'],
    },
    judgement: POLICY,
  },
  {
    says: 'OpenRouter: moderation, with its reasons',
    when: { status: [400, 403], detail: ['reasons', /./] },
    judgement: POLICY,
  },
  {
    says: 'OpenRouter: a guardrail, with the patterns it found',
    when: { status: [400, 403], detail: ['patterns', /./] },
    judgement: POLICY,
  },
  {
    says: 'any: the content breaks a policy, in words',
    when: {
      status: [400, 403],
      words: /moderation|content (?:management )?policy|usage policies|flagged|guardrail/i,
    },
    judgement: POLICY,
  },
  {
    says: 'OpenRouter: credit is left, but not for an answer this long; a shorter one may still be paid',
    when: { status: [402], words: /can only afford [1-9]/i },
    judgement: { reason: 'credit_short', scope: 'key', action: 'next-key', cools: 'nothing' },
  },
  { says: 'DeepSeek, OpenRouter: no credit', when: { status: [402] }, judgement: NO_CREDIT },
  {
    says: 'Qwen: tokens of a minute for account and model, in the words of an empty account',
    when: { status: [429], words: /model-studio\/error-code#token-limit/i },
    judgement: { ...LIMITED_FOR_MODEL, atLeast: MINUTE },
  },
  {
    says: 'OpenAI: the account is empty or at its hard limit; Anthropic: its organisation is not paid for; Qwen; Zhipu',
    when: {
      named: [
        'insufficient_quota',
        'credit_balance_exhausted',
        'billing_hard_limit_reached',
        'billing_error',
        'payment_required',
        'arrearage',
        '1113',
      ],
    },
    judgement: NO_CREDIT,
  },
  {
    // Gemini has OpenAI's words for a limit of a minute or a day, which comes back by itself.
    says: 'Anthropic: credit balance is too low (400); Fireworks (412), SiliconFlow, others in words',
    when: {
      status: [400, 403, 412, 429],
      words:
        /credit balance is too low|insufficient (?:balance|credit|funds)|balance is insufficient|exceeded your current quota|account \S{1,80} is suspended/i,
      notNamed: ['RESOURCE_EXHAUSTED'],
    },
    judgement: NO_CREDIT,
  },
  {
    says: 'Anthropic: the workspace of this key has reached the limit its owner set, until a date',
    when: { status: [400, 429], words: /workspace api usage limits/i },
    judgement: { ...SPENT, scope: 'key', cools: 'key' },
  },
  {
    says: 'Anthropic: the organisation has reached its spend limit, until a date, by code',
    when: { status: [400, 429], named: ['enforced_spend_limit_reached', 'contract_spend_limit_reached'] },
    judgement: SPENT,
  },
  {
    says: 'Anthropic: the organisation has reached its spend limit, until a date, in words',
    when: { status: [400, 429], words: /api usage limits/i },
    judgement: SPENT,
  },
  {
    says: 'OpenAI: encrypted reasoning of another account or model',
    when: { status: [400], named: ['invalid_encrypted_content'] },
    judgement: REPAIR,
  },
  {
    // Anthropic lists every block it knows, thoughts among them, to whoever sends one it does not.
    says: 'Anthropic, OpenAI, Gemini: reasoning of another model, route or account, or without its neighbour',
    when: { status: [400, 404], words: SIGNATURE, notWords: /: Input tag '/ },
    judgement: REPAIR,
  },
  { says: 'any: the key is not known', when: { status: [401] }, judgement: REJECTED },
  {
    says: 'Gemini: a bad key, with a reason',
    when: { status: [400, 403], detail: ['reason', /^API_KEY_INVALID$/] },
    judgement: REJECTED,
  },
  {
    says: 'any: a bad key, by code',
    when: {
      status: [400, 403],
      code: ['invalid_api_key', 'api_key_invalid', 'authentication_error', 'authentication'],
    },
    judgement: REJECTED,
  },
  {
    says: 'Gemini, xAI: a bad, expired or leaked key, in words',
    when: {
      status: [400, 403],
      words:
        /api key (?:not valid|not found|expired|is invalid|was reported as leaked)|invalid api key|incorrect api key/i,
    },
    judgement: REJECTED,
  },
  {
    says: 'Gemini: not to be used from this country, with whatever key',
    when: { status: [400, 403], words: /user location is not supported/i },
    judgement: ELSEWHERE,
  },
  {
    says: 'OpenAI: not to be used from this country, with whatever key',
    when: { status: [403], named: ['unsupported_country_region_territory'] },
    judgement: ELSEWHERE,
  },
  {
    says: 'any: a file, a kept answer or a cache that the request names is not there, or not for this account',
    when: { status: [400, 403, 404], words: MISSING_REFERENCE, notNamed: ['model_not_found'] },
    judgement: { reason: 'reference_missing', scope: 'request', action: 'next-key', cools: 'nothing' },
  },
  {
    // A firewall reads prompts too: what it refuses of one request says nothing of keys, nor of the next request.
    says: 'any: a page, of something in front of the provider: it would tell every key the same',
    when: { status: [403], page: true },
    judgement: { reason: 'blocked_in_front', scope: 'network', action: 'next-target', cools: 'nothing' },
  },
  {
    says: 'any: this key may not use this model, or not for this',
    when: { status: [403] },
    judgement: { reason: 'forbidden', scope: 'model', action: 'next-key', cools: 'key-model' },
  },
  {
    says: "OpenRouter: none of the model's providers fits what this request asks for",
    when: { status: [404], words: /no (?:allowed )?(?:endpoints|providers)/i },
    judgement: NO_ENDPOINTS,
  },
  {
    says: 'any, beside chat: the provider does not have the call, whatever the model',
    when: { status: [404], code: [MISSING_CALL] },
    judgement: NO_ENDPOINTS,
  },
  { says: 'any: no such model for this key', when: { status: [404] }, judgement: UNKNOWN_MODEL },
  {
    says: 'OpenAI Responses: no such model, as 400',
    when: { status: [400], code: ['model_not_found'] },
    judgement: UNKNOWN_MODEL,
  },
  {
    says: 'Groq: this tier can never hold the request; a bigger one may',
    when: { status: [413], code: ['rate_limit_exceeded'] },
    judgement: OVER_TIER,
  },
  {
    says: 'OpenAI: this tier can never hold the request; a bigger one may',
    when: { status: [429], words: /request too large/i },
    judgement: OVER_TIER,
  },
  {
    says: 'OpenRouter: the free models of this account, for a minute or a day',
    when: { status: [429], words: /free-models-per-/i },
    judgement: { reason: 'free_limit', scope: 'account', action: 'next-key', cools: 'account-free' },
  },
  {
    says: 'OpenRouter: the free models of this account, by the source of the limit',
    when: { status: [429], detail: ['limit_source', /^openrouter_free/] },
    judgement: { reason: 'free_limit', scope: 'account', action: 'next-key', cools: 'account-free' },
  },
  {
    says: 'OpenRouter: the provider behind it is limited; the key is fine',
    when: { status: [429], detail: ['provider_name', /./] },
    judgement: MODEL_FULL,
  },
  {
    says: 'OpenRouter: the provider behind it is limited, in words',
    when: { status: [429], words: /temporarily rate-limited upstream/i },
    judgement: MODEL_FULL,
  },
  {
    says: 'Gemini: no capacity for the model, for nobody',
    when: { status: [429, 503], detail: ['reason', /MODEL_CAPACITY_EXHAUSTED/] },
    judgement: MODEL_FULL,
  },
  {
    says: 'Gemini: this project has no quota for the model at all',
    when: { status: [429], words: /limit: 0(?![\d.])/ },
    judgement: { ...LIMITED_FOR_MODEL, reason: 'no_quota', atLeast: DAY },
  },
  {
    says: 'Gemini: the quota of the day for project and model, until midnight Pacific',
    when: { status: [429], detail: ['quotaid', DAY_QUOTA] },
    judgement: { ...LIMITED_FOR_MODEL, reason: 'daily_quota' },
  },
  {
    says: 'Gemini: the quota of a minute for project and model',
    when: { status: [429], detail: ['quotaid', MINUTE_QUOTA] },
    judgement: { ...LIMITED_FOR_MODEL, atLeast: MINUTE },
  },
  {
    says: 'Anthropic: use grows too fast, for the organisation',
    when: { status: [429], named: ['ramp_limit_exceeded'] },
    judgement: { ...LIMITED, scope: 'account', cools: 'account' },
  },
  {
    says: 'Moonshot: the engine is overloaded',
    when: { status: [429], named: ['engine_overloaded_error', 'provider_overloaded'] },
    judgement: OVERLOADED,
  },
  {
    says: 'OpenAI, Groq: tokens of a minute or a day, for organisation and model',
    when: { status: [429], named: ['tokens', 'input_tokens', 'output_tokens'] },
    judgement: LIMITED_FOR_MODEL,
  },
  {
    says: 'Anthropic, also in its OpenAI form: a limit of organisation and class of models',
    when: { status: [429], named: ['rate_limit_error'], words: /your organization/i },
    judgement: LIMITED_FOR_MODEL,
  },
  { says: 'any: a limit of the key', when: { status: [429] }, judgement: LIMITED },
  {
    says: 'any: a redirect, which is never followed with a key',
    when: { status: [300, 301, 302, 303, 304, 305, 306, 307, 308] },
    judgement: { reason: 'upstream_redirected', scope: 'provider', action: 'next-target', cools: 'nothing' },
  },
  {
    says: 'any: a time-out within the provider',
    when: { status: [408, 504, 524] },
    judgement: {
      reason: 'upstream_timeout',
      scope: 'provider',
      action: 'next-key',
      cools: 'key-after-several',
    },
  },
  {
    says: 'any: in conflict with something else under way',
    when: { status: [409] },
    judgement: { reason: 'conflict', scope: 'provider', action: 'next-key', cools: 'nothing' },
  },
  {
    says: 'Groq: no capacity in the flex tier, for nobody',
    when: { status: [498] },
    judgement: MODEL_FULL,
  },
  {
    says: 'any, Anthropic 529, OpenAI slow_down and server_is_overloaded: too much to do',
    when: { status: [503, 529] },
    judgement: OVERLOADED,
  },
];
