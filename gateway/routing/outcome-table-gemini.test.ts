/**
 * The outcome table for Gemini: each documented answer with the scope, the action, what cools and for how
 * long. The bodies are written by hand from the providers' documentation.
 */
import { expect, it } from 'vitest';
import {
  ACCOUNT_MODEL,
  BASE,
  gemini,
  HOUR,
  KEY,
  PROVIDER,
  quota,
  REQUEST,
  retryIn,
  verdictOf,
  type Row,
} from '../testing/outcome-row.ts';

const rows: readonly Row[] = [
  [
    'bad request',
    400,
    gemini(400, 'INVALID_ARGUMENT', 'Invalid JSON payload'),
    'request_rejected',
    REQUEST,
    null,
  ],
  [
    'bad key',
    400,
    gemini(400, 'INVALID_ARGUMENT', 'API key not valid.', [{ reason: 'API_KEY_INVALID' }]),
    'key_rejected',
    KEY,
    BASE,
  ],
  [
    'expired key',
    400,
    gemini(400, 'INVALID_ARGUMENT', 'API key expired. Please renew the API key.'),
    'key_rejected',
    KEY,
    BASE,
  ],
  [
    'leaked key',
    403,
    gemini(403, 'PERMISSION_DENIED', 'Your API key was reported as leaked.'),
    'key_rejected',
    KEY,
    BASE,
  ],
  [
    'location',
    400,
    gemini(400, 'FAILED_PRECONDITION', 'User location is not supported for the API use.'),
    'location_unsupported',
    'network next-target provider',
    HOUR,
  ],
  [
    'no model',
    404,
    gemini(404, 'NOT_FOUND', 'models/x is not found'),
    'model_unavailable',
    'model next-target key-model',
    BASE,
  ],
  [
    'minute',
    429,
    gemini(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota', [
      quota('GenerateRequestsPerMinutePerProjectPerModel-FreeTier'),
      retryIn('34.4s'),
    ]),
    'rate_limited',
    ACCOUNT_MODEL,
    34_400,
  ],
  [
    'minute without a delay',
    429,
    gemini(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota', [
      quota('GenerateRequestsPerMinutePerProjectPerModel'),
    ]),
    'rate_limited',
    ACCOUNT_MODEL,
    60_000,
  ],
  // 12:00 UTC is 5:00 in Los Angeles in August.
  [
    'day, whatever the delay says',
    429,
    gemini(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota', [
      quota('GenerateRequestsPerDayPerProjectPerModel-FreeTier'),
      retryIn('38s'),
    ]),
    'daily_quota',
    ACCOUNT_MODEL,
    19 * HOUR,
  ],
  [
    'minute and day at once',
    429,
    gemini(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota', [
      quota('GenerateContentInputTokensPerModelPerMinute', 'GenerateRequestsPerDayPerProjectPerModel'),
      retryIn('38s'),
    ]),
    'daily_quota',
    ACCOUNT_MODEL,
    19 * HOUR,
  ],
  [
    'no quota at all',
    429,
    gemini(
      429,
      'RESOURCE_EXHAUSTED',
      'You exceeded your current quota. Quota exceeded for metric: x, limit: 0, model: gemini-pro',
    ),
    'no_quota',
    ACCOUNT_MODEL,
    24 * HOUR,
  ],
  [
    'no capacity',
    429,
    gemini(429, 'RESOURCE_EXHAUSTED', 'No capacity available', [{ reason: 'MODEL_CAPACITY_EXHAUSTED' }]),
    'model_overloaded',
    'model next-target model',
    BASE,
  ],
  [
    'no words',
    429,
    gemini(429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted (e.g. check quota).'),
    'rate_limited',
    KEY,
    BASE,
  ],
  [
    'missing thought',
    400,
    gemini(400, 'INVALID_ARGUMENT', 'Function call is missing a thought_signature in functionCall parts.'),
    'signature_rejected',
    'request repair nothing',
    null,
  ],
  ['overload', 503, gemini(503, 'UNAVAILABLE', 'The model is overloaded.'), 'overloaded', PROVIDER, BASE],
  [
    'error',
    500,
    gemini(500, 'INTERNAL', 'An internal error has occurred.'),
    'upstream_error',
    PROVIDER,
    BASE,
  ],
  ['time-out', 504, gemini(504, 'DEADLINE_EXCEEDED', 'Deadline expired'), 'upstream_timeout', PROVIDER, BASE],
];

for (const [says, status, body, reason, verdict, cooldown, headers = {}] of rows) {
  it(says, () => {
    expect(verdictOf(status, body, headers)).toEqual({ reason, verdict, cooldown });
  });
}
