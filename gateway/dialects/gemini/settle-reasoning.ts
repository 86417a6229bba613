/**
 * Thoughts of a model's turn as other dialects need them: pieces of one thought joined, and signatures that were
 * put on a call or an empty text (`answer-writer.ts`) given back to the thoughts they belong to.
 */
import type { AssistantPart, ReasoningPart } from '../../core/canonical/parts.ts';
import type { Signature } from '../../core/canonical/signature.ts';

export function settle(parts: readonly AssistantPart[]): readonly AssistantPart[] {
  const settled: AssistantPart[] = [];
  for (const part of parts) {
    if ((part.kind === 'tool-call' || part.kind === 'text') && isForeign(part.signature)) {
      const { signature, ...rest } = part;
      giveBack(settled, signature);
      if (rest.kind === 'tool-call' || rest.text !== '') settled.push(rest);
    } else if (part.kind !== 'text' || part.text !== '' || part.signature !== undefined) {
      join(settled, part);
    }
  }
  return settled;
}

/** A signature of Gemini's own stays where it stands. */
const isForeign = (signature: Signature | undefined): signature is Signature =>
  signature !== undefined && signature.format !== 'gemini';

/** Streams are kept piece by piece; a signature ends a thought and a text. */
function join(settled: AssistantPart[], part: AssistantPart): void {
  const last = settled.at(-1);
  if (part.kind === 'reasoning' && last?.kind === 'reasoning' && last.signature === null) {
    settled[settled.length - 1] = { ...part, text: last.text + part.text };
  } else if (
    part.kind === 'text' &&
    part.signature === undefined &&
    last?.kind === 'text' &&
    last.signature === undefined
  ) {
    settled[settled.length - 1] = { kind: 'text', text: last.text + part.text };
  } else settled.push(part);
}

/**
 * To the last thought that has no signature. Where the client kept no thoughts, a thought without words stands for
 * them behind the earlier ones, or at the beginning; so does what a provider has blacked out.
 */
function giveBack(settled: AssistantPart[], signature: Signature): void {
  const last = settled.findLastIndex(({ kind }) => kind === 'reasoning');
  const thought = settled[last];
  const blackedOut = signature.format === 'anthropic-redacted';
  if (!blackedOut && thought?.kind === 'reasoning' && thought.signature === null) {
    settled[last] = { ...thought, signature };
    return;
  }
  const empty: ReasoningPart = { kind: 'reasoning', text: '', signature };
  settled.splice(last + 1, 0, empty);
}
