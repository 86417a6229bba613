/** About how many tokens a request is, cheaply: for limits and prices before any provider has counted. */
import { promptText } from '../core/canonical/prompt-text.ts';
import type { CanonicalRequest } from '../core/canonical/request.ts';
import { GatewayError } from '../core/errors.ts';
import { holdsAny } from '../core/holds-any.ts';
import type { TokenNeed } from '../routing/limits.ts';

/** Bytes of a token, as a rule of thumb has it for English; Chinese is near it too. */
export const BYTES_PER_TOKEN = 4;
/** Bytes below which no picture worth looking at is in a body. */
const SMALL = 16_384;

/** @param read the request; asked only where its bytes may be pictures, which weigh less than they are long */
export function tokensOf(bytes: Uint8Array, read: () => CanonicalRequest): () => number {
  let known: number | undefined;
  return () => (known ??= count(bytes, read));
}

/** @param read null where the body is no chat: then nothing tells how long an answer may be */
export function needOf(tokens: () => number, read: (() => CanonicalRequest) | null): () => TokenNeed {
  let known: TokenNeed | undefined;
  return () => (known ??= { input: tokens(), output: read === null ? null : longestAnswer(read) });
}

function longestAnswer(read: () => CanonicalRequest): number | null {
  try {
    const { maxTokens, candidates } = read().settings;
    return maxTokens === null ? null : maxTokens * Math.max(1, candidates ?? 1);
  } catch (error) {
    if (error instanceof GatewayError) return null;
    throw error;
  }
}

function count(bytes: Uint8Array, read: () => CanonicalRequest): number {
  const byBytes = Math.ceil(bytes.length / BYTES_PER_TOKEN);
  if (bytes.length < SMALL) return byBytes;
  if (!holdsAny(bytes, MEDIA)) return byBytes;
  try {
    const { texts, tokens } = promptText(read());
    return (
      tokens + Math.ceil(texts.reduce((sum, part) => sum + Buffer.byteLength(part), 0) / BYTES_PER_TOKEN)
    );
  } catch (error) {
    if (error instanceof GatewayError) return byBytes;
    throw error;
  }
}

/** What stands before bytes written as text. */
const MEDIA = [';base64,', '"base64"', 'inlineData', 'inline_data', 'input_audio', '"images"'];
