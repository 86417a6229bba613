/** Stand-in for Gemini's generateContent API. */
import type { JsonObject } from '../../../core/json.ts';
import { Refused } from '../scene.ts';
import type { Speaker } from '../speaker.ts';
import { modelOf, readContent } from './read.ts';
import { writeAnswer, writeEvents } from './write.ts';

const STATUSES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
  529: 'UNAVAILABLE',
};

const WORDS: Readonly<Record<number, string>> = {
  400: "Invalid value at 'frobnication': the upstream's own words.",
  401: 'Request had invalid authentication credentials.',
  404: 'models/gone is not found for API version v1beta, or is not supported for generateContent.',
  429: 'You exceeded your current quota. Please retry in 7s.',
  500: 'An internal error has occurred. Please retry.',
  529: 'The model is overloaded. Please try again later.',
};

const DETAILS: Readonly<Record<number, readonly JsonObject[]>> = {
  429: [
    {
      '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
      violations: [{ quotaId: 'GenerateRequestsPerMinutePerProjectPerModel', quotaValue: '10' }],
    },
    { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '7s' },
  ],
};

const bodyOf = ({ status, message }: Refused): JsonObject => ({
  error: {
    code: status,
    message,
    status: STATUSES[status] ?? 'INTERNAL',
    ...(DETAILS[status] === undefined ? {} : { details: DETAILS[status] }),
  },
});

export const gemini: Speaker = {
  basePath: '',
  admit({ headers, query }, key) {
    const given =
      headers['x-goog-api-key'] ?? query.get('key') ?? headers['authorization']?.replace('Bearer ', '');
    if (given === key) return;
    throw new Refused(given === undefined ? 403 : 400, 'API key not valid. Please pass a valid API key.');
  },
  route({ method, path }) {
    if (method === 'GET' && path === '/v1beta/models') return 'list';
    if (method !== 'POST') return null;
    switch (modelOf(path).method) {
      case 'generateContent':
      case 'streamGenerateContent':
        return 'chat';
      case 'countTokens':
        return 'count';
      default:
        return null;
    }
  },
  read: readContent,
  answer: writeAnswer,
  events: writeEvents,
  streamType: 'text/event-stream',
  refusal: (refused) => ({ headers: {}, body: bodyOf(refused) }),
  errorEvents: () => [
    `data: ${JSON.stringify(bodyOf(new Refused(500, 'The model broke in the middle.')))}\r\n\r\n`,
  ],
  failure: (status) => new Refused(status, WORDS[status] ?? 'An internal error has occurred.'),
  list: (models) => ({
    models: models.map((id) => ({
      name: `models/${id}`,
      displayName: id,
      inputTokenLimit: 1_048_576,
      outputTokenLimit: 65_536,
      supportedGenerationMethods: ['generateContent', 'countTokens'],
    })),
  }),
  count: (totalTokens) => ({ totalTokens }),
};
