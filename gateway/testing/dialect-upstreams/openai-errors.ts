/** Errors as OpenAI's two APIs tell them. */
import type { JsonObject } from '../../core/json.ts';
import { Refused } from './scene.ts';
import type { SpokenRequest, Speaker } from './speaker.ts';

export const admit: Speaker['admit'] = ({ headers }: SpokenRequest, key) => {
  if (headers['authorization'] === `Bearer ${key}`) return;
  throw new Refused(
    401,
    'Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.',
    'invalid_api_key',
  );
};

const TYPES: Readonly<Record<number, string>> = {
  429: 'tokens',
  500: 'server_error',
  503: 'server_error',
  529: 'server_error',
};

export const errorBody = ({ status, message, code, param }: Refused): JsonObject => ({
  error: { message, type: TYPES[status] ?? 'invalid_request_error', param, code },
});

export const refusal: Speaker['refusal'] = (refused) => ({
  headers: {
    'x-request-id': 'req_upstream_1',
    ...(refused.status === 429 ? { 'retry-after': '7' } : {}),
  },
  body: errorBody(refused),
});

/** A model that is not there is a 404 with a code of its own. */
export const failure: Speaker['failure'] = (status) => {
  switch (status) {
    case 400:
      return new Refused(
        400,
        "Invalid value for 'frobnication': the upstream's own words.",
        'invalid_value',
        'frobnication',
      );
    case 401:
      return new Refused(401, 'Incorrect API key provided: sk-****.', 'invalid_api_key');
    case 404:
      return new Refused(
        404,
        'The model `gone` does not exist or you do not have access to it.',
        'model_not_found',
      );
    case 429:
      return new Refused(
        429,
        'Rate limit reached on tokens per min (TPM): Limit 30000, Used 14567, Requested 24754. Please try again in 7s.',
        'rate_limit_exceeded',
      );
    case 500:
      return new Refused(500, 'The server had an error while processing your request. Sorry about that!');
    default:
      return new Refused(
        status,
        'The engine is currently overloaded, please try again later',
        'server_is_overloaded',
      );
  }
};

export const list: Speaker['list'] = (models) => ({
  object: 'list',
  data: models.map((id) => ({ id, object: 'model', created: 1_790_000_000, owned_by: 'stand-in' })),
});
