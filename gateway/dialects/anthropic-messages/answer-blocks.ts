/**
 * The blocks of an answer as clients of this dialect want them: one after the other, each whole before the next
 * begins. Parts may interleave (parallel calls of OpenAI's models do), so a block that is not at the front waits.
 */
import { wrapSignature } from '../../core/canonical/signature.ts';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';

export type BlockStart =
  | { readonly type: 'text'; readonly text: '' }
  | { readonly type: 'thinking'; readonly thinking: ''; readonly signature: '' }
  | {
      readonly type: 'tool_use';
      readonly id: string;
      readonly name: string;
      readonly input: Readonly<Record<string, never>>;
      readonly caller: { readonly type: 'direct' };
    };

export type BlockDelta =
  | { readonly type: 'text_delta'; readonly text: string }
  | { readonly type: 'thinking_delta'; readonly thinking: string }
  | { readonly type: 'signature_delta'; readonly signature: string }
  | { readonly type: 'input_json_delta'; readonly partial_json: string }
  | { readonly type: 'citations_delta'; readonly citation: WebCitation };

export interface WebCitation {
  readonly type: 'web_search_result_location';
  readonly url: string;
  readonly title: string;
  readonly cited_text: string;
  readonly encrypted_index: string;
}

/** One block as far as it has come. */
export interface AnswerBlock {
  readonly start: BlockStart;
  readonly deltas: BlockDelta[];
  /** Nothing comes to it any more. */
  ended: boolean;
}

export interface BlockSorter {
  /** Takes a part of the content; others change nothing. */
  add(part: StreamPart): void;
  endAll(): void;
  /** In the order of their beginnings. Those that were written may be taken out at the front. */
  readonly blocks: AnswerBlock[];
  readonly calledTools: boolean;
  /** Words of refusal so far. */
  readonly refusal: string;
}

/** What the dialect has no place for in an answer. */
const NO_PLACE = {
  image: '[An image that the model made cannot be carried by the Messages API.]',
  audio: '[A sound that the model made cannot be carried by the Messages API.]',
} as const;

export function createBlockSorter(): BlockSorter {
  const blocks: AnswerBlock[] = [];
  const calls = new Map<number, AnswerBlock>();
  /** Calls of tools that take free text, which becomes the one argument: clients of this dialect read JSON. */
  const free = new Set<number>();
  let text: AnswerBlock | null = null;
  let thought: AnswerBlock | null = null;
  let refusal = '';
  let calledTools = false;

  function open(start: BlockStart): AnswerBlock {
    // Text and thoughts end where something else begins.
    endText();
    endThought();
    const block: AnswerBlock = { start, deltas: [], ended: false };
    blocks.push(block);
    return block;
  }

  function endText(): void {
    if (text !== null) text.ended = true;
    text = null;
  }

  function endThought(): void {
    if (thought !== null) thought.ended = true;
    thought = null;
  }

  function addText(added: string): void {
    if (added === '') return;
    text ??= open({ type: 'text', text: '' });
    text.deltas.push({ type: 'text_delta', text: added });
  }

  function think(delta: BlockDelta): void {
    thought ??= open({ type: 'thinking', thinking: '', signature: '' });
    thought.deltas.push(delta);
  }

  function addInput(index: number, partial_json: string): void {
    if (partial_json !== '') calls.get(index)?.deltas.push({ type: 'input_json_delta', partial_json });
  }

  function add(part: StreamPart): void {
    // Only one answer has a place here.
    if ('candidate' in part && part.candidate !== undefined && part.candidate > 0) return;
    switch (part.kind) {
      case 'text-delta':
        return addText(part.text);
      case 'refusal-delta':
        refusal += part.text;
        return addText(part.text);
      case 'media':
        return addText(NO_PLACE[part.media]);
      case 'citation':
        text?.deltas.push({ type: 'citations_delta', citation: cite(part.url, part.title) });
        return;
      case 'reasoning-start':
        return endThought();
      case 'reasoning-delta':
        if (part.text !== '') think({ type: 'thinking_delta', thinking: part.text });
        return;
      case 'reasoning-end':
        // A thought without words is still worth its proof, which the client brings back.
        if (part.signature !== null) {
          think({ type: 'signature_delta', signature: wrapSignature(part.signature) });
        }
        return endThought();
      case 'tool-call-start': {
        const { index, id, name } = part;
        calledTools = true;
        calls.set(index, open({ type: 'tool_use', id, name, input: {}, caller: { type: 'direct' } }));
        if (part.custom) {
          free.add(index);
          addInput(index, '{"input":"');
        }
        return;
      }
      case 'tool-call-delta':
        return addInput(
          part.index,
          free.has(part.index) ? JSON.stringify(part.text).slice(1, -1) : part.text,
        );
      case 'tool-call-end': {
        const call = calls.get(part.index);
        if (call === undefined || call.ended) return;
        if (free.has(part.index)) addInput(part.index, '"}');
        call.ended = true;
        return;
      }
      default:
        return;
    }
  }

  function endAll(): void {
    for (const block of blocks) block.ended = true;
    endText();
    endThought();
  }

  return {
    add,
    endAll,
    blocks,
    get calledTools() {
      return calledTools;
    },
    get refusal() {
      return refusal;
    },
  };
}

/** Only where the source is known: what was cited and its encrypted place are Anthropic's own. */
function cite(url: string, title: string): WebCitation {
  return { type: 'web_search_result_location', url, title, cited_text: '', encrypted_index: '' };
}
