/**
 * Local models may write their thoughts into the content, as `<think>…</think>` at its very start. Anywhere else
 * the tags are the model's own words.
 */
const OPEN = '<think>';
const CLOSE = '</think>';

export interface Passage {
  readonly kind: 'reasoning' | 'text';
  readonly text: string;
}

export interface ThinkSplitter {
  /** Content as it comes, cut anywhere. */
  push(text: string): readonly Passage[];
  /** The content has ended: what was held back because it might have become a tag. */
  rest(): readonly Passage[];
}

export function createThinkSplitter(): ThinkSplitter {
  let state: 'start' | 'thinking' | 'text' = 'start';
  let held = '';
  /** White space beside a tag belongs to nobody. */
  let trim = false;

  function passage(kind: Passage['kind'], text: string): readonly Passage[] {
    const kept = trim ? text.trimStart() : text;
    if (kept === '') return [];
    trim = false;
    return [{ kind, text: kept }];
  }

  function begin(): readonly Passage[] {
    const seen = held.trimStart();
    if (OPEN.startsWith(seen)) {
      if (seen !== OPEN) return [];
    } else if (!seen.startsWith(OPEN)) {
      state = 'text';
      return passage('text', take());
    }
    state = 'thinking';
    held = seen.slice(OPEN.length);
    trim = true;
    return think();
  }

  function think(): readonly Passage[] {
    const end = held.indexOf(CLOSE);
    if (end === -1) {
      const safe = held.length - tailOf(held, CLOSE);
      const text = held.slice(0, safe);
      held = held.slice(safe);
      return passage('reasoning', text);
    }
    const thoughts = passage('reasoning', held.slice(0, end));
    held = held.slice(end + CLOSE.length);
    state = 'text';
    trim = true;
    return [...thoughts, ...passage('text', take())];
  }

  function take(): string {
    const text = held;
    held = '';
    return text;
  }

  return {
    push(text) {
      held += text;
      if (state === 'start') return begin();
      return state === 'thinking' ? think() : passage('text', take());
    },
    rest: () => passage(state === 'thinking' ? 'reasoning' : 'text', take()),
  };
}

/** Length of the longest end of `text` that a tag may begin with. */
function tailOf(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length -= 1) {
    if (tag.startsWith(text.slice(text.length - length))) return length;
  }
  return 0;
}
