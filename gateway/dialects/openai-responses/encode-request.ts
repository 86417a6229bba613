/** A request in no dialect's words, written for an upstream. */
import type { CanonicalRequest, Warn } from '../../core/canonical/request.ts';
import type { Target } from '../../core/dialect.ts';
import type { JsonObject } from '../../core/json.ts';
import { writeInput } from './encode-input.ts';
import { writeSettings } from './encode-settings.ts';
import { writeTools } from './encode-tools.ts';

/**
 * Nothing is stored at the provider: the conversation is the client's, and comes whole each time. Cache marks are
 * left out without a word, since OpenAI caches by itself.
 */
export function encodeRequest(request: CanonicalRequest, target: Target, warn: Warn): JsonObject {
  const instructions = request.system.map(({ text }) => text).filter((text) => text !== '');
  const turns = writeInput(request.turns, warn);
  // An empty input is refused, whatever the instructions say.
  const alone = turns.length === 0 && instructions.length > 0;
  const input = alone ? instructions.map((text) => developer(text)) : turns;
  return {
    model: target.model,
    ...(alone || instructions.length === 0 ? {} : { instructions: instructions.join('\n\n') }),
    input: request.settings.format.kind === 'json' ? askingForJson(input) : input,
    stream: request.streamed,
    store: false,
    ...writeTools(request, warn),
    ...writeSettings(request, target, warn),
  };
}

/** `json_object` is refused where the input (not the instructions) never says the word. */
function askingForJson(input: readonly JsonObject[]): readonly JsonObject[] {
  if (/json/i.test(JSON.stringify(input))) return input;
  return [developer('Answer in JSON.'), ...input];
}

const developer = (text: string): JsonObject => ({
  type: 'message',
  role: 'developer',
  content: [{ type: 'input_text', text }],
});
