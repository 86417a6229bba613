/** A text in Markdown as its top-level blocks, so that of a growing text only the last one is made anew. */
import type { MarkdownParser } from './parser.ts';

export interface Block {
  /** Where it begins in the text; stays the same while the text grows. */
  readonly start: number;
  readonly source: string;
  /** Set for a fenced or indented block of code. */
  readonly code: { readonly text: string; readonly language: string } | null;
}

export interface BlockReader {
  /** Blocks of the text; what was read of its beginning before is the very same object. */
  read(text: string): readonly Block[];
}

export function createBlockReader(parser: MarkdownParser): BlockReader {
  let seen = '';
  let blocks: readonly Block[] = [];
  return {
    read(text) {
      const clean = text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
      if (clean === seen) return blocks;
      // A block that another one follows is closed: nothing that comes later changes it.
      const kept = clean.startsWith(seen) ? blocks.slice(0, -1) : [];
      const from = kept.length === 0 ? 0 : (blocks.at(-1)?.start ?? 0);
      blocks = [...kept, ...splitBlocks(parser, clean, from)];
      seen = clean;
      return blocks;
    },
  };
}

function splitBlocks(parser: MarkdownParser, text: string, from: number): readonly Block[] {
  const tail = text.slice(from);
  const starts = lineStarts(tail);
  const offsetOf = (line: number): number => starts[line] ?? tail.length;
  return parser.parse(tail, {}).flatMap((token): Block[] => {
    if (token.level !== 0 || token.nesting === -1 || token.map === null) return [];
    const [first, end] = token.map;
    const isCode = token.type === 'fence' || token.type === 'code_block';
    const [language = ''] = token.info.trim().split(/\s+/);
    return [
      {
        start: from + offsetOf(first),
        source: tail.slice(offsetOf(first), offsetOf(end)),
        code: isCode ? { text: token.content, language } : null,
      },
    ];
  });
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
