/** Puts a streamed answer together for reading; the stream itself is shown beside it as it came. */
import { piecesOf } from './streamed-pieces.ts';

export interface StreamedText {
  readonly reasoning: string;
  readonly text: string;
  /** Calls of tools in their order, with the arguments as they came. */
  readonly tools: readonly { readonly name: string; readonly arguments: string }[];
}

/** True for a body of server-sent events, or of several JSON objects, one a line. */
export function isStream(body: string): boolean {
  const text = body.trim();
  return /^(?:\uFEFF)?(?::|data:|event:|id:|retry:)/.test(text) || /^\{[^\r\n]*\}\r?\n\{/.test(text);
}

/** Events of any format; lines that are no JSON are passed over. */
export function assemble(body: string): StreamedText {
  const parts = { reasoning: '', text: '' };
  const tools = new Map<number, { name: string; arguments: string }>();
  for (const line of body.split(/\r\n|\r|\n/)) {
    for (const piece of piecesOf(parsed(line))) {
      if (piece.kind !== 'call') {
        parts[piece.kind] += piece.text;
        continue;
      }
      const place = piece.place ?? tools.size;
      const tool = tools.get(place) ?? { name: '', arguments: '' };
      tools.set(place, { name: tool.name + piece.name, arguments: tool.arguments + piece.arguments });
    }
  }
  const ordered = [...tools].sort(([left], [right]) => left - right);
  return { ...parts, tools: ordered.map(([, tool]) => tool) };
}

function parsed(line: string): unknown {
  if (!line.startsWith('data:') && !line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line.startsWith('{') ? line : line.slice(5));
  } catch {
    return undefined;
  }
}
