/**
 * Writes the parts of an answer as Gemini's clients get them. Both forms use it: a stream sends each run of parts at
 * once, a complete answer joins them.
 */
import { wrapSignature, type Signature } from '../../core/canonical/signature.ts';
import type { FinishReason, StreamPart } from '../../core/canonical/stream-parts.ts';
import type { MediaSource } from '../../core/canonical/parts.ts';
import type { JsonObject } from '../../core/json.ts';
import { createCallWriter } from './encode-calls.ts';
import { createGroundingWriter } from './encode-grounding.ts';
import { BLOCKED, writeEnding } from './encode-ending.ts';
import { writeUsage } from './usage.ts';

/** Parts of one of the answers, ready to be sent. */
export interface WrittenParts {
  readonly candidate: number;
  readonly parts: readonly JsonObject[];
}

/** How everything ended. */
export interface WrittenEnd {
  /** What was held back until the end was known. */
  readonly parts: readonly WrittenParts[];
  /** Members of each answer beside its content; none where the prompt was blocked. */
  readonly candidates: readonly JsonObject[];
  /** Members of the last response beside its answers. */
  readonly members: JsonObject;
}

export interface AnswerWriter {
  write(part: StreamPart): readonly WrittenParts[];
  end(): WrittenEnd;
  /** `modelVersion` and `responseId`, which every response has. */
  head(): JsonObject;
}

/** @param fallback for an upstream that tells neither id nor model */
export function createAnswerWriter(fallback: { readonly id: string; readonly model: string }): AnswerWriter {
  const calls = createCallWriter();
  const grounding = createGroundingWriter();
  const candidates = new Set([0]);
  const endings = new Map<number, FinishReason>();
  let head: JsonObject = { modelVersion: fallback.model, responseId: fallback.id };
  let usage: JsonObject = {};
  let hasContent = false;
  let refusedInWords = false;
  /** The proof of the thought before, until it is known what it can stand on. */
  let pending: Signature | null = null;

  const at = (candidate: number | undefined, ...parts: readonly JsonObject[]): readonly WrittenParts[] => {
    if (parts.length === 0) return [];
    hasContent = true;
    candidates.add(candidate ?? 0);
    return [{ candidate: candidate ?? 0, parts }];
  };

  /** A signature that no call came for stands on an empty text, where Gemini 3 puts its own. */
  function settled(): readonly WrittenParts[] {
    if (pending === null) return [];
    const part = { text: '', thoughtSignature: wrapSignature(pending) };
    pending = null;
    return at(0, part);
  }

  /** Clients that forget thoughts keep calls, so the proof of a thought goes with the next call. */
  function writeCall(start: Extract<StreamPart, { kind: 'tool-call-start' }>): readonly WrittenParts[] {
    const inFirst = (start.candidate ?? 0) === 0;
    const before = start.signature === undefined || !inFirst ? [] : settled();
    const signature = start.signature ?? (inFirst ? pending : null);
    if (inFirst) pending = null;
    calls.open(start, signature === null ? {} : { thoughtSignature: wrapSignature(signature) });
    return before;
  }

  const ready = (): readonly WrittenParts[] =>
    calls.ready().flatMap(({ candidate, part }) => at(candidate, part));

  function write(part: StreamPart): readonly WrittenParts[] {
    switch (part.kind) {
      case 'response-start':
        head = {
          modelVersion: part.model === '' ? fallback.model : part.model,
          responseId: part.id === '' ? fallback.id : part.id,
        };
        return [];
      case 'text-delta':
        if ((part.candidate ?? 0) === 0) grounding.text(part.text);
        return part.text === '' ? [] : at(part.candidate, { text: part.text });
      case 'refusal-delta':
        refusedInWords ||= part.text !== '';
        return part.text === '' ? [] : at(0, { text: part.text });
      case 'text-signature':
        return at(0, { text: '', thoughtSignature: wrapSignature(part.signature) });
      case 'reasoning-start':
        return settled();
      case 'reasoning-delta':
        return part.text === '' ? [] : at(0, { text: part.text, thought: true });
      case 'reasoning-end':
        pending = part.signature;
        return [];
      case 'tool-call-start':
        return writeCall(part);
      case 'tool-call-delta':
        calls.add(part.index, part.text);
        return [];
      case 'tool-call-end':
        calls.close(part.index);
        return ready();
      case 'media':
        return at(0, writeMedia(part.source));
      case 'citation':
        grounding.add(part);
        return [];
      case 'usage':
        usage = { usageMetadata: writeUsage(part.usage) };
        return [];
      case 'finish':
        candidates.add(part.candidate ?? 0);
        endings.set(part.candidate ?? 0, part.reason);
        return [];
      case 'error':
        return [];
    }
  }

  function end(): WrittenEnd {
    calls.dropOpen();
    const parts = [...ready(), ...settled()];
    const first = endings.get(0);
    if (!hasContent && (first === 'filtered' || first === 'refused')) {
      return { parts, candidates: [], members: { ...BLOCKED, ...usage } };
    }
    const ended = [...candidates].map((index) => ({
      ...writeEnding(endings.get(index) ?? 'stop', refusedInWords, calls.broken(index)),
      index,
      ...(index === 0 ? grounding.members() : {}),
    }));
    return { parts, candidates: ended, members: usage };
  }

  return { write, end, head: () => head };
}

function writeMedia(source: MediaSource): JsonObject {
  const mimeType = source.mediaType;
  if (source.kind === 'data') return { inlineData: { mimeType, data: source.base64 } };
  return { fileData: { mimeType, fileUri: source.kind === 'url' ? source.url : source.id } };
}
