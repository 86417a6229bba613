/** Which efforts a Grok model takes, in both of xAI's dialects. */
import { remark } from '../../../../contract/rpc/remarks/remark.ts';
import type { Warn } from '../../../core/canonical/request.ts';
import { nearestEffort } from '../../../core/effort.ts';
import { isObject, type JsonObject } from '../../../core/json.ts';
import type { Quirk } from '../../../core/provider.ts';

/** Models that think as much as they will, or not at all, and answer an error to a wish. */
const FIXED = /non-reasoning|^grok-2|^grok-3(?!-mini)|^grok-4(?:$|-)|^grok-4\.20-|^grok-code/;
const LEVELS = ['none', 'low', 'medium', 'high'];
const REASON =
  'Grok takes the efforts none, low, medium and high; several of its models take no effort at all.';

export const chatEffort: Quirk = {
  reason: REASON,
  dialect: 'openai-chat',
  relayedWith: ['"reasoning_effort"'],
  request: (body, model, warn) => withEffort(body, 'reasoning_effort', model, warn),
};

export const responsesEffort: Quirk = {
  reason: REASON,
  dialect: 'openai-responses',
  relayedWith: ['"effort"'],
  request: (body, model, warn) => {
    const { reasoning } = body;
    if (!isObject(reasoning)) return body;
    const changed = withEffort(reasoning, 'effort', model, warn);
    return changed === reasoning ? body : { ...body, reasoning: changed };
  },
};

function withEffort(holder: JsonObject, name: string, model: string, warn: Warn): JsonObject {
  const { [name]: asked, ...rest } = holder;
  if (asked === undefined || asked === null) return holder;
  const level = FIXED.test(model) ? undefined : nearestEffort(asked, LEVELS);
  if (level === asked) return holder;
  if (level !== undefined) return { ...rest, [name]: level };
  warn(remark('effort-refused', { model }));
  return rest;
}
