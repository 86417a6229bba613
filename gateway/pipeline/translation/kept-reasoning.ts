/**
 * Reasoning that a client's dialect cannot carry: kept when an answer ends, put back when the conversation returns.
 * Found by the ids of the turn's calls, or by what the turn says.
 */
import { hash } from 'node:crypto';
import type { AssistantPart, ReasoningPart, Turn } from '../../core/canonical/parts.ts';
import type { CanonicalRequest } from '../../core/canonical/request.ts';
import type { Origin, Signature } from '../../core/canonical/signature.ts';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import type { KeptReasoning, SignatureVault } from '../../core/signature-vault.ts';
import { isEncodedId } from './tool-names.ts';

/** Where something is looked for: ids and words that are no more than usual may stand in any conversation. */
export interface Scope {
  /** Whose conversation it is. */
  readonly owner: string;
  /** Its name, no other owner's. */
  readonly conversation: () => string;
}

/** Watches one answer, as the client gets it, and keeps what its origin wants back once it has ended well. */
export interface ReasoningKeeper {
  readonly take: (part: StreamPart) => void;
  /** The answer is whole. */
  readonly keep: () => void;
  /** Something came that only its origin can read. */
  readonly signed: boolean;
}

export function createKeeper(vault: SignatureVault, origin: Origin, scope: Scope): ReasoningKeeper {
  const reasoning: ReasoningPart[] = [];
  const calls: Record<string, Signature> = {};
  const ids: string[] = [];
  let textSignature: Signature | null = null;
  let thought = '';
  let text = '';
  let signed = false;

  return {
    get signed() {
      return signed;
    },
    take(part) {
      switch (part.kind) {
        case 'text-delta':
          if ((part.candidate ?? 0) === 0) text += part.text;
          return;
        case 'reasoning-delta':
          thought += part.text;
          return;
        case 'reasoning-end':
          reasoning.push({ kind: 'reasoning', text: thought, signature: part.signature });
          signed ||= part.signature !== null;
          thought = '';
          return;
        case 'text-signature':
          textSignature = part.signature;
          signed = true;
          return;
        case 'tool-call-start':
          ids.push(part.id);
          if (part.signature === undefined) return;
          calls[part.id] = part.signature;
          signed = true;
      }
    },
    keep() {
      // DeepSeek and its like sign nothing, but want back what they thought before a call.
      const wanted = signed || (ids.length > 0 && reasoning.some((part) => part.text !== ''));
      if (!wanted) return;
      const kept: KeptReasoning = { reasoning, calls, text: textSignature, origin };
      for (const key of keysOf(scope, ids, text)) vault.put(key, kept);
    },
  };
}

/** The request with what was kept put back into turns that have lost it. */
export function restoreReasoning(
  request: CanonicalRequest,
  vault: SignatureVault,
  scope: Scope,
): CanonicalRequest {
  const turns = request.turns.map((turn): Turn => {
    if (turn.role !== 'assistant') return turn;
    const signed = turn.parts.some(isSigned);
    if (signed && !turn.parts.some(isWordless)) return turn;
    const ids = turn.parts.flatMap((part) => (part.kind === 'tool-call' ? [part.id] : []));
    const text = turn.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
    const kept = keysOf(scope, ids, text)
      .map((key) => vault.get(key))
      .find((found) => found !== undefined);
    if (kept === undefined) return turn;
    const parts = signed ? withWords(turn.parts, kept) : withKept(turn.parts, kept);
    return { role: 'assistant', parts };
  });
  return turns.every((turn, at) => turn === request.turns[at]) ? request : { ...request, turns };
}

const isSigned = (part: AssistantPart): boolean =>
  'signature' in part && part.signature !== null && part.signature !== undefined;

/** Clients of Gemini bring a signature back, but not the words it stands for; Anthropic wants both or neither. */
const isWordless = (part: AssistantPart): boolean => part.kind === 'reasoning' && part.text === '';

function withWords(parts: readonly AssistantPart[], kept: KeptReasoning): readonly AssistantPart[] {
  return parts.map((part) => {
    if (part.kind !== 'reasoning' || part.text !== '') return part;
    const same = kept.reasoning.find(({ signature }) => signature?.value === part.signature?.value);
    return same ?? part;
  });
}

function withKept(parts: readonly AssistantPart[], kept: KeptReasoning): readonly AssistantPart[] {
  const rest = parts.filter(({ kind }) => kind !== 'reasoning');
  const lastText = rest.findLastIndex(({ kind }) => kind === 'text');
  const signed = rest.map((part, index): AssistantPart => {
    if (part.kind === 'tool-call') {
      const signature = kept.calls[part.id];
      return signature === undefined ? part : { ...part, signature };
    }
    return part.kind === 'text' && index === lastText && kept.text !== null
      ? { ...part, signature: kept.text }
      : part;
  });
  return [...kept.reasoning, ...signed];
}

/** A turn with calls is found by any of them; one without by its words. */
function keysOf(scope: Scope, ids: readonly string[], text: string): readonly string[] {
  if (ids.length > 0) {
    const place = (id: string): string => (isRandom(id) ? scope.owner : scope.conversation());
    return ids.map((id) => `call:${digest(place(id), id)}`);
  }
  const said = text.trim();
  return said === '' ? [] : [`turn:${digest(scope.conversation(), said)}`];
}

const digest = (place: string, what: string): string =>
  hash('sha256', JSON.stringify([place, what]), 'base64');

/** Letters and digits in one long word, looked at from its beginning alone. */
const RANDOM = /(?<![A-Za-z0-9])(?=[A-Za-z]*\d)[A-Za-z0-9]{16,}/;

/** Many servers count their calls (`functions.look:0` of Kimi, `call_0`); such an id is another's as well. */
const isRandom = (id: string): boolean => !isEncodedId(id) && RANDOM.test(id);
