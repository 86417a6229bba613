/** Addresses of OpenAI's API that stand for something kept on its servers. This gateway keeps nothing. */
import { GatewayError } from '../../core/errors.ts';
import type { Route } from '../route.ts';

const METHODS = ['GET', 'POST', 'DELETE'] as const;

export const notKeptRoutes: readonly Route[] = [
  ...METHODS.flatMap((method) => [
    // Order matters: the first route that fits is taken.
    ...(method === 'POST' ? [refused(method, '/v1/responses/compact', compact)] : []),
    refused(method, '/v1/responses/*response', stored),
    refused(method, '/v1/conversations{/*rest}', conversations),
  ]),
];

function refused(method: Route['method'], path: string, error: () => GatewayError): Route {
  return {
    method,
    path,
    access: 'data',
    body: 'none',
    errors: 'openai-responses',
    handle() {
      throw error();
    },
  };
}

function stored(): GatewayError {
  return new GatewayError(
    'not_found',
    'This gateway keeps no responses, so none can be fetched, cancelled or deleted by its id. Send the whole conversation in `input` with `store: false`.',
  );
}

function compact(): GatewayError {
  return new GatewayError(
    'unsupported_feature',
    'This gateway does not compact conversations; only OpenAI itself can. Shorten `input` instead.',
  );
}

function conversations(): GatewayError {
  return new GatewayError(
    'unsupported_feature',
    'This gateway keeps no conversations. Send the whole conversation in `input` instead of naming one.',
  );
}
