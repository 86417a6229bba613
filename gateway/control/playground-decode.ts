/** A request as somebody wrote it down: read, and its files kept. */
import type { RequestFormat } from '../../contract/rpc/request-formats.ts';
import type { CanonicalRequest, Warn } from '../core/canonical/request.ts';
import { toldError } from '../core/told-error.ts';
import { isObject, parseJson } from '../core/json.ts';
import { scanBody } from '../core/scan-body.ts';
import { shapes } from '../dialects/index.ts';
import { ChatFileError, type ChatFiles } from '../state/chat-files.ts';
import type { KeepFile } from './playground-reading.ts';

/** @throws GatewayError where it is no chat of this format */
export function decodeBody(format: RequestFormat, text: string, lost: Warn): CanonicalRequest {
  const parsed = parseJson(text);
  if (!isObject(parsed))
    throw toldError('invalid_request', 'The request is not a JSON object.', 'body-no-object');
  // Gemini's requests name their model in the address.
  const named = format === 'gemini' || parsed['model'] !== undefined ? parsed : { ...parsed, model: '' };
  const path = { model: format === 'gemini' ? 'model' : null, streamed: null, framing: 'sse' } as const;
  const shape = shapes[format];
  const facts = shape.readRequest(scanBody(Buffer.from(JSON.stringify(named))), path);
  const request = shape.decodeRequest(named, facts, lost);
  if (request.turns.length === 0 && request.system.length === 0) {
    throw toldError('invalid_request', 'The request has no messages.', 'body-no-messages');
  }
  return format === 'gemini' ? { ...request, model: '' } : request;
}

export function keeper(files: Pick<ChatFiles, 'put'>): KeepFile {
  return async (base64, file) => {
    const bytes = Buffer.from(base64, 'base64');
    try {
      return { ...file, hash: await files.put(bytes), size: bytes.length };
    } catch (error) {
      if (error instanceof ChatFileError && error.problem === 'too-large') return null;
      throw error;
    }
  };
}
