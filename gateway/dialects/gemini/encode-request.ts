/** The whole body of a request to an upstream; the model stands in the address. */
import type { TextPart } from '../../core/canonical/parts.ts';
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
  // Gemma has no instructions of its own; they are the first thing the user says.
  const isGemma = /gemma/i.test(model);
  const turns = isGemma
    ? [{ role: 'system' as const, parts: system.map(asText) }, ...request.turns]
    : request.turns;
  return {
    contents: encodeContents(turns, model, tell),
    ...(system.length === 0 || isGemma
      ? {}
      : { systemInstruction: { parts: system.map((text) => ({ text })) } }),
    ...encodeTools(request, model, tell),
    ...encodeSettings(request, model, tell),
  };
}

const asText = (text: string): TextPart => ({ kind: 'text', text });

function inWords(format: OutputFormat): string {
  const asked = 'Your final answer must be one JSON object and nothing else.';
  return format.kind === 'schema'
    ? `${asked} It must fit this JSON Schema: ${JSON.stringify(format.schema)}`
    : asked;
}
