/** What a request of OpenAI's chat, or of its old completions, says to routing. */
import type { RequestFacts, RequestPath } from './client-shape.ts';
import { A_MODEL, objectLike, TRUE_OR_FALSE, type Allowed } from './allowed.ts';
import { memberError } from './body-error.ts';
import type { GatewayError } from './errors.ts';
import { isArray, isObject } from './json.ts';
import { memberValue } from './member-value.ts';
import type { ScannedBody } from './scan-body.ts';

/** @throws GatewayError `invalid_request` when a member the gateway reads has the wrong type */
export function readOpenAiRequest(body: ScannedBody, path: RequestPath): RequestFacts {
  const model = memberValue(body, 'model');
  const stream = memberValue(body, 'stream');
  const options = memberValue(body, 'stream_options');
  if (model !== null && typeof model !== 'string') {
    throw wrongType('model', A_MODEL, model);
  }
  if (stream !== null && typeof stream !== 'boolean') throw wrongType('stream', TRUE_OR_FALSE, stream);
  if (options !== null && !isObject(options)) {
    throw wrongType('stream_options', objectLike('{"include_usage": true}'), options);
  }
  return {
    model: path.model ?? model ?? '',
    streamed: path.streamed ?? stream ?? false,
    usageAsked: options?.['include_usage'] === true,
  };
}

function wrongType(member: string, allowed: Allowed, found: unknown): GatewayError {
  const type = isArray(found)
    ? 'an array'
    : isObject(found)
      ? 'an object'
      : `the ${typeof found} ${String(found).slice(0, 40)}`;
  return memberError(member, allowed, type);
}
