/**
 * What a request costs in tokens, as far as that can be said without the provider: texts for a tokenizer, and a
 * number for what no tokenizer reads. Pure.
 */
import { IMAGE_HEAD_BYTES, imageSize } from '../image-size.ts';
import { decodeText } from '../json.ts';
import type { AssistantPart, AudioPart, FilePart, ImagePart, MediaSource, Turn, UserPart } from './parts.ts';
import type { CanonicalRequest, Tool } from './request.ts';

export interface PromptText {
  readonly texts: readonly string[];
  /** Tokens besides the texts: what frames messages, images, documents, sounds. */
  readonly tokens: number;
}

/** Each message, and the beginning of the answer. Source: OpenAI cookbook, "How to count tokens with tiktoken". */
const MESSAGE = 3;
const ANSWER = 3;
/** A call or a result of a tool is framed like a message. */
const CALL = 3;

/** Pixels of a token, and the edge that larger images are shrunk to. Source: Anthropic's documentation, "Vision". */
const PIXELS_PER_TOKEN = 750;
const LONGEST_EDGE = 1_568;
/** What no image exceeds there; also of one whose size is not known. */
export const LARGEST_IMAGE = 1_600;
/** Source: OpenAI's documentation, "Images and vision", `detail: low`. */
const SMALL_IMAGE = 85;

/**
 * Tokens of a page: text of 1,500 to 3,000 (Anthropic's documentation, "PDF support"). Bytes of a page are a guess
 * between 30 KB of text and 100 KB of scans; no more pages are taken there than 100.
 */
const PAGE = 2_000;
const PAGE_BYTES = 50_000;
const MOST_PAGES = 100;

/** 32 tokens a second (Gemini's documentation, "Audio"), of which one has 16 KB at 128 kbit/s. */
const SOUND_BYTES_PER_TOKEN = 500;

export function promptText(request: CanonicalRequest): PromptText {
  const texts: string[] = [];
  let tokens = ANSWER;
  const add = ({ texts: more, tokens: count }: PromptText): void => {
    texts.push(...more);
    tokens += count;
  };
  if (request.system.length > 0) add({ texts: request.system.map(({ text }) => text), tokens: MESSAGE });
  // Thoughts count as long as the tool calls they led to go on; earlier ones are dropped by providers.
  const asked = request.turns.findLastIndex(isQuestion);
  for (const [index, turn] of request.turns.entries()) {
    tokens += MESSAGE;
    const parts: readonly (UserPart | AssistantPart)[] = turn.parts;
    for (const part of parts) {
      if (part.kind !== 'reasoning' || index > asked) add(partText(part));
    }
  }
  texts.push(...request.tools.map(toolText));
  const { format } = request.settings;
  if (format.kind === 'schema') texts.push(JSON.stringify(format.schema));
  return { texts: texts.filter((text) => text !== ''), tokens };
}

/** A turn of the user that is more than results of tools. */
const isQuestion = (turn: Turn): boolean =>
  turn.role === 'user' && turn.parts.some(({ kind }) => kind !== 'tool-result');

function partText(part: UserPart | AssistantPart): PromptText {
  switch (part.kind) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return { texts: [part.text], tokens: 0 };
    case 'tool-call':
      return { texts: [part.name, part.input], tokens: CALL };
    case 'tool-result': {
      const inside = part.content.map(partText);
      return {
        texts: inside.flatMap(({ texts }) => texts),
        tokens: CALL + inside.reduce((sum, { tokens }) => sum + tokens, 0),
      };
    }
    case 'image':
      return { texts: [], tokens: imageTokens(part) };
    case 'file':
      return fileText(part);
    case 'audio':
      return { texts: [], tokens: soundTokens(part) };
  }
}

/** By its area once it is shrunk to what models look at. */
export function imageTokens({ source, detail }: ImagePart): number {
  if (detail === 'low') return SMALL_IMAGE;
  const size = source.kind === 'data' ? imageSize(headOf(source.base64)) : undefined;
  if (size === undefined) return LARGEST_IMAGE;
  const scale = Math.min(1, LONGEST_EDGE / Math.max(size.width, size.height));
  const area = size.width * scale * size.height * scale;
  return Math.max(1, Math.min(LARGEST_IMAGE, Math.ceil(area / PIXELS_PER_TOKEN)));
}

function fileText({ source }: FilePart): PromptText {
  if (source.kind === 'data' && isText(source.mediaType)) {
    return { texts: [decodeText(Buffer.from(source.base64, 'base64'))], tokens: 0 };
  }
  return { texts: [], tokens: documentTokens(bytesOf(source)) };
}

/** @param bytes of a document of pages */
export const documentTokens = (bytes: number): number =>
  PAGE * Math.min(MOST_PAGES, Math.max(1, Math.ceil(bytes / PAGE_BYTES)));

const soundTokens = ({ source }: AudioPart): number => Math.ceil(bytesOf(source) / SOUND_BYTES_PER_TOKEN);
const isText = (mediaType: string): boolean =>
  mediaType.startsWith('text/') || mediaType === 'application/json';
/** Nothing is known of what lies elsewhere. */
const bytesOf = (source: MediaSource): number =>
  source.kind === 'data' ? Buffer.byteLength(source.base64, 'base64') : 0;
const headOf = (base64: string): Buffer => Buffer.from(base64.slice(0, (IMAGE_HEAD_BYTES * 4) / 3), 'base64');

/** Definitions reach the model as text much like this; hosted tools are the provider's own and not known here. */
function toolText(tool: Tool): string {
  if (tool.kind === 'hosted') return '';
  const { name, description } = tool;
  return JSON.stringify(
    tool.kind === 'function'
      ? { name, description, parameters: tool.schema ?? {} }
      : { name, description, format: tool.format ?? {} },
  );
}
