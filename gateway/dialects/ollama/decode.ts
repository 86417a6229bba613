/** The two requests of Ollama's API, made canonical. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { RequestFacts } from '../../core/client-shape.ts';
import type { CanonicalRequest, Warn } from '../../core/canonical/request.ts';
import { fieldError } from '../../core/body-error.ts';
import type { GatewayError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { arrayOf, stringOf } from '../../core/json-read.ts';
import { readImages } from './images.ts';
import { readMessages } from './messages.ts';
import { readSettings } from './settings.ts';
import { readTools } from './tools.ts';

/** Read here, or of no meaning to anybody but Ollama's own memory management. */
const COMMON = ['model', 'stream', 'options', 'format', 'think', 'keep_alive'] as const;
const CHAT = new Set<string>([...COMMON, 'messages', 'tools']);
const GENERATE = new Set<string>([...COMMON, 'prompt', 'system', 'images']);

/** `POST /api/chat`. @throws GatewayError `invalid_request` naming the member that is wrong */
export function decodeChat(body: JsonObject, facts: RequestFacts, warn: Warn): CanonicalRequest {
  leaveOut(body, CHAT, warn);
  const { system, turns } = readMessages(arrayOf(body, 'messages', '') ?? [], warn);
  if (turns.length === 0) throw nothingAsked('messages');
  const { model, streamed } = facts;
  return { model, streamed, system, turns, tools: readTools(body, warn), settings: readSettings(body, warn) };
}

/** `POST /api/generate`. @throws GatewayError `invalid_request` naming the member that is wrong */
export function decodeGenerate(body: JsonObject, facts: RequestFacts, warn: Warn): CanonicalRequest {
  leaveOut(body, GENERATE, warn);
  const prompt = stringOf(body, 'prompt', '') ?? '';
  const images = readImages(arrayOf(body, 'images', '') ?? [], 'images');
  if (prompt === '' && images.length === 0) throw nothingAsked('prompt');
  const system = stringOf(body, 'system', '') ?? '';
  const { model, streamed } = facts;
  return {
    model,
    streamed,
    system: system === '' ? [] : [{ kind: 'text', text: system }],
    turns: [
      {
        role: 'user',
        parts: [...(prompt === '' ? [] : [{ kind: 'text', text: prompt } as const]), ...images],
      },
    ],
    tools: [],
    settings: readSettings(body, warn),
  };
}

function leaveOut(body: JsonObject, known: ReadonlySet<string>, warn: Warn): void {
  for (const name of Object.keys(body)) {
    if (!known.has(name) && body[name] !== null) {
      warn(remark('no-counterpart-elsewhere', { name: name.slice(0, 40) }));
    }
  }
}

function nothingAsked(field: string): GatewayError {
  const sentence = `"${field}" asks nothing; there is nothing to answer.`;
  return fieldError('invalid_request', field, sentence, 'body-asks-nothing');
}
