/** Requests for upstreams of this dialect. */
import type { CanonicalRequest, Warn } from '../../core/canonical/request.ts';
import type { Target } from '../../core/dialect.ts';
import type { JsonObject } from '../../core/json.ts';
import { encodeFormat } from './encode-format.ts';
import { encodeMessages } from './encode-messages.ts';
import { encodeSettings } from './encode-settings.ts';
import { encodeTools } from './encode-tools.ts';
import { encodeWish } from './encode-wish.ts';

export function encodeRequest(request: CanonicalRequest, target: Target, warn: Warn): JsonObject {
  const format = encodeFormat(request, target, warn);
  const instructed: CanonicalRequest =
    format.instruction === ''
      ? request
      : { ...request, system: [...request.system, { kind: 'text', text: format.instruction }] };
  return {
    model: target.model,
    messages: encodeMessages(instructed, target, warn),
    ...encodeTools(request, target, warn),
    ...encodeSettings(request.settings, target, warn),
    ...encodeWish(request, target, warn),
    ...format.members,
    ...(request.streamed ? { stream: true, stream_options: { include_usage: true } } : {}),
  };
}
