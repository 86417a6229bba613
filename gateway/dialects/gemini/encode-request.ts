/** The whole body of a request to an upstream; the model stands in the address. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { TextPart, Turn } from '../../core/canonical/parts.ts';
import type { CanonicalRequest, OutputFormat, Warn } from '../../core/canonical/request.ts';
import type { Target } from '../../core/dialect.ts';
import type { JsonObject } from '../../core/json.ts';
import { encodeContents } from './encode-contents.ts';
import { asksInWords, encodeSettings, hasFunctions } from './encode-settings.ts';
import { encodeTools } from './encode-tools.ts';
import { onceEach } from './once.ts';

export function encodeRequest(request: CanonicalRequest, { model }: Target, warn: Warn): JsonObject {
  const tell = onceEach(warn);
  const { format } = request.settings;
  const words = asksInWords(format, model, hasFunctions(request)) ? [inWords(format)] : [];
  const system = [...request.system.map(({ text }: TextPart) => text), ...words].filter(
    (text) => text !== '',
  );
  return {
    ...conversation(request.turns, system, model, tell),
    ...encodeTools(request, model, tell),
    ...encodeSettings(request, model, tell),
  };
}

/** Gemma has no instructions of its own, and alone they are no conversation; the user says them then. */
function conversation(
  turns: readonly Turn[],
  system: readonly string[],
  model: string,
  warn: Warn,
): JsonObject {
  const said: Turn = { role: 'system', parts: system.map(asText) };
  if (/gemma/i.test(model)) return { contents: encodeContents([said, ...turns], model, warn) };
  const contents = encodeContents(turns, model, warn);
  if (system.length === 0) return { contents };
  if (contents.length > 0)
    return { contents, systemInstruction: { parts: system.map((text) => ({ text })) } };
  warn(remark('instructions-alone', { provider: 'Gemini' }));
  return { contents: encodeContents([said], model, warn) };
}

const asText = (text: string): TextPart => ({ kind: 'text', text });

function inWords(format: OutputFormat): string {
  const asked = 'Your final answer must be one JSON object and nothing else.';
  return format.kind === 'schema'
    ? `${asked} It must fit this JSON Schema: ${JSON.stringify(format.schema)}`
    : asked;
}
