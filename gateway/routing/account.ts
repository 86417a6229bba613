/** Whose key it is, where an answer tells: keys of one account share its limits. Pure. */
import type { UpstreamError } from '../core/upstream-error.ts';

type Headers = Readonly<Record<string, string>>;

/** OpenAI and Anthropic name the organisation with every answer. */
const NAMES = ['openai-organization', 'anthropic-organization-id'] as const;
/** OpenAI "in organization org-x", Groq "in organization `org_x`", Anthropic "your organization (uuid)". */
const WORDS = /organization [`(]?((?:org[-_][\w-]+|[\da-f]{8}-[\da-f-]{27}))/i;
/** OpenRouter's `user_id`; Google's project, as `projects/123`. */
const DETAILS = ['user_id', 'consumer'] as const;
const LONGEST = 120;

/** @returns a name to compare with that of other keys of the provider; undefined where the answer does not tell */
export function accountTold(headers: Headers, error?: UpstreamError): string | undefined {
  const told =
    NAMES.map((name) => headers[name]).find(Boolean) ??
    (error === undefined
      ? undefined
      : (WORDS.exec(error.message)?.[1] ?? DETAILS.map((name) => error.details[name]).find(Boolean)));
  return told === undefined || told.length > LONGEST || /\s/.test(told) ? undefined : told;
}

/** The moment a spent limit ends as the provider writes it, to compare with that of other keys. */
export function resetTold(headers: Headers, error: UpstreamError): string | undefined {
  const spent = (source: Headers): string | undefined =>
    source['x-ratelimit-remaining'] === '0' ? source['x-ratelimit-reset'] : undefined;
  const anthropic = ['requests', 'tokens', 'input-tokens', 'output-tokens'].find(
    (kind) => headers[`anthropic-ratelimit-${kind}-remaining`] === '0',
  );
  return (
    spent(headers) ??
    spent(error.details) ??
    (anthropic === undefined ? undefined : headers[`anthropic-ratelimit-${anthropic}-reset`])
  );
}
