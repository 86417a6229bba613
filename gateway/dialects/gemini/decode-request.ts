/** A client's whole request in no dialect's words. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { TextPart } from '../../core/canonical/parts.ts';
import type { CanonicalRequest, Warn } from '../../core/canonical/request.ts';
import type { RequestFacts } from '../../core/client-shape.ts';
import { fieldError } from '../../core/body-error.ts';
import { objectOf } from '../../core/json-read.ts';
import { isObject, type JsonObject } from '../../core/json.ts';
import { decodeContents, readParts, textOf } from './decode-contents.ts';
import { decodeSettings } from './decode-settings.ts';
import { decodeTools } from './decode-tools.ts';
import { camelCase, member, spelt } from './fields.ts';
import { onceEach } from './once.ts';

/** Top-level members that are read, or mean nothing to any other provider. */
const KNOWN: ReadonlySet<string> = new Set([
  'model',
  'contents',
  'systemInstruction',
  'tools',
  'toolConfig',
  'generationConfig',
  'safetySettings',
  'serviceTier',
]);

/** @throws GatewayError `invalid_request` for what no target could be asked, naming the field */
export function decodeRequest(body: JsonObject, facts: RequestFacts, warn: Warn): CanonicalRequest {
  const counted = member(body, 'generateContentRequest');
  // Requests that count tokens may wrap what is counted.
  const request = isObject(counted) && body['contents'] === undefined ? counted : body;
  const tell = onceEach(warn);
  refuseCached(request);
  for (const name of Object.keys(request)) {
    if (!KNOWN.has(camelCase(name)) && request[name] !== null) {
      tell(remark('gemini-only', { name }));
    }
  }
  return {
    model: facts.model,
    streamed: facts.streamed,
    system: decodeSystem(request, tell),
    turns: decodeContents(request['contents'], 'contents', tell),
    tools: decodeTools(request, tell),
    settings: decodeSettings(request, tell),
  };
}

/** The text that was cached is at Google; without it the request would be another one. */
function refuseCached(request: JsonObject): void {
  const field = spelt(request, 'cachedContent');
  if ((request[field] ?? null) === null) return;
  throw fieldError(
    'unsupported_feature',
    field,
    `"${field}" names a text that is cached at Google, and this model is served by another provider. Send the text itself in contents or systemInstruction.`,
    'body-cached-text',
  );
}

/** A content, of which only the texts count; the SDK also takes a text or parts. */
function decodeSystem(request: JsonObject, warn: Warn): readonly TextPart[] {
  const name = spelt(request, 'systemInstruction');
  const value = request[name] ?? null;
  if (value === null) return [];
  const content = isObject(value) ? objectOf(request, name, '') : null;
  const parts = content !== null && content['text'] === undefined ? content['parts'] : value;
  return readParts(parts, name).flatMap(({ value: part, path }) => {
    if (part['text'] === undefined) warn(remark('text-parts-only', { name }));
    return textOf(part, path);
  });
}
