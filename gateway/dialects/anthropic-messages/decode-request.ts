/** Reads a client's request. */
import type { CanonicalRequest, Warn } from '../../core/canonical/request.ts';
import type { RequestFacts } from '../../core/client-shape.ts';
import type { JsonObject } from '../../core/json.ts';
import { MESSAGES } from '../../core/allowed.ts';
import { readArray, refuse } from '../../core/json-read.ts';
import { readSettings } from './decode-settings.ts';
import { readSystem } from './decode-system.ts';
import { readTools } from './decode-tools.ts';
import { readTurns } from './decode-turns.ts';
import { onceEach, tellUnread } from './warnings.ts';

const READ = new Set([
  'model',
  'stream',
  'max_tokens',
  'messages',
  'system',
  'tools',
  'tool_choice',
  'thinking',
  'output_config',
  'output_format',
  'metadata',
  'stop_sequences',
  'temperature',
  'top_p',
  'top_k',
  'service_tier',
  // They choose between forms of this very dialect.
  'betas',
  'anthropic_version',
]);

/** @throws GatewayError `invalid_request` naming the member that is wrong */
export function decodeRequest(
  body: JsonObject,
  { model, streamed }: RequestFacts,
  warn: Warn,
): CanonicalRequest {
  const tell = onceEach(warn);
  tellUnread(body, READ, '', tell);
  const messages = readArray(body['messages'], 'messages');
  if (messages.length === 0) refuse('messages', MESSAGES, messages);
  const { opening, turns } = readTurns(messages, tell);
  return {
    model,
    streamed,
    system: [...readSystem(body['system'] ?? null, tell), ...opening],
    turns,
    tools: readTools(body, tell),
    settings: readSettings(body, tell),
  };
}
