/** What of a request for embeddings is embedded, in OpenAI's and in Gemini's format and what others made of them. Pure. */
import { decodeText, isArray, isObject, parseJson } from '../../core/json.ts';

export interface EmbeddedTexts {
  readonly texts: readonly string[];
  /** Of texts that the client sent as tokens. */
  readonly tokens: number;
}

/** Members of the top level in which it stands. */
const BEGINNINGS = ['input', 'content', 'requests'];

export function embeddedTexts(body: Uint8Array): EmbeddedTexts {
  const request = parseJson(decodeText(body));
  const texts: string[] = [];
  let tokens = 0;

  /** @param name of the member that it is, or is an item of */
  function look(value: unknown, name: string): void {
    if (typeof value === 'string' && (name === 'input' || name === 'text')) texts.push(value);
    else if (typeof value === 'number' && name === 'input') tokens += 1;
    else if (isArray(value)) for (const item of value) look(item, name);
    else if (isObject(value)) for (const [member, inner] of Object.entries(value)) look(inner, member);
  }

  if (isObject(request)) for (const name of BEGINNINGS) look(request[name], name);
  return { texts, tokens };
}
