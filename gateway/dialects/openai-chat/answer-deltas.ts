/** An answer's parts as the deltas of chunks; a whole answer is the same deltas, joined. */
import type { AnswerContext } from '../../core/client-shape.ts';
import { wrapSignature, type Signature } from '../../core/canonical/signature.ts';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import type { JsonObject } from '../../core/json.ts';
import { callWords, type WrittenCall } from './call-deltas.ts';
import { writeFinish } from './finish-reason.ts';
import { urlOf } from './media-url.ts';

export interface ChoiceDelta {
  readonly candidate: number;
  readonly delta: JsonObject;
  readonly finish: string | null;
}

/** Id of an entry whose signature belongs to the text of the message. */
export const TEXT_SIGNATURE = 'text';

/**
 * Reasoning is written as `reasoning_content`. What its provider wants back goes into `reasoning_details`, which
 * clients that know OpenRouter send back unchanged: with the text it belongs to, or as `reasoning.encrypted` where
 * there is none to show. Those of calls bear the call's id, as OpenRouter writes them.
 */
export function createDeltaWriter(context: AnswerContext): (part: StreamPart) => ChoiceDelta | null {
  const calls = new Map<number, WrittenCall>();
  const words = callWords(context.request.tools);
  let refused = false;
  let thoughts = '';
  let entries = 0;

  function entry(signature: Signature, id: string | null, text = ''): JsonObject {
    const wrapped = wrapSignature(signature);
    const proof =
      text === ''
        ? { type: 'reasoning.encrypted', data: wrapped }
        : { type: 'reasoning.text', text, signature: wrapped };
    return { reasoning_details: [{ ...proof, id, format: 'unknown', index: entries++ }] };
  }

  function startCall(part: Extract<StreamPart, { kind: 'tool-call-start' }>): ChoiceDelta | null {
    const { id, name, custom, candidate = 0, signature } = part;
    const index = [...calls.values()].filter((call) => call.candidate === candidate).length;
    const call: WrittenCall = { candidate, index, custom, written: false };
    calls.set(part.index, call);
    const begun = words.begin(call, id, name);
    const proof = signature === undefined ? {} : entry(signature, id);
    return begun === null ? null : said({ ...begun, ...proof }, candidate);
  }

  function extendCall(at: number, text: string): ChoiceDelta | null {
    const call = calls.get(at);
    if (call === undefined || text === '') return null;
    call.written = true;
    const more = words.extend(call, text);
    return more === null ? null : said(more, call.candidate);
  }

  /** No arguments at all are an empty object, as clients parse them. */
  function endCall(at: number): ChoiceDelta | null {
    const call = calls.get(at);
    return call === undefined || call.written || call.custom ? null : extendCall(at, '{}');
  }

  return (part) => {
    switch (part.kind) {
      case 'text-delta':
        return said({ content: part.text }, part.candidate);
      case 'text-signature':
        return said(entry(part.signature, TEXT_SIGNATURE));
      case 'refusal-delta':
        refused = true;
        return said({ refusal: part.text });
      case 'reasoning-start':
        thoughts = '';
        return null;
      case 'reasoning-delta':
        thoughts += part.text;
        return said({ reasoning_content: part.text });
      case 'reasoning-end':
        return part.signature === null ? null : said(entry(part.signature, part.signature.id, thoughts));
      case 'tool-call-start':
        return startCall(part);
      case 'tool-call-delta':
        return extendCall(part.index, part.text);
      case 'media':
        return part.media === 'image'
          ? said({ images: [{ type: 'image_url', image_url: { url: urlOf(part.source) } }] })
          : said({ audio: audioOf(part.source, context) });
      case 'citation':
        return said({ annotations: [citation(part)] });
      case 'finish': {
        const { candidate = 0 } = part;
        const called = [...calls.values()].some((call) => call.candidate === candidate);
        const finish = writeFinish(part.reason, { called, refused });
        return { candidate, delta: {}, finish: finish === 'tool_calls' ? words.finish : finish };
      }
      case 'tool-call-end':
        return endCall(part.index);
      case 'response-start':
      case 'usage':
      case 'error':
        return null;
    }
  };
}

function said(delta: JsonObject, candidate = 0): ChoiceDelta {
  return { candidate, delta, finish: null };
}

/** Offsets are a must of the format; 0 stands for those nobody knows. */
function citation({ url, title, start, end }: Extract<StreamPart, { kind: 'citation' }>): JsonObject {
  const offsets = { start_index: Math.max(start, 0), end_index: Math.max(end, 0) };
  return { type: 'url_citation', url_citation: { url, title, ...offsets } };
}

/** `expires_at` is when the sound could no longer be named by its id, which it cannot be here. */
function audioOf(
  source: Extract<StreamPart, { kind: 'media' }>['source'],
  { newId, created }: AnswerContext,
): JsonObject {
  const data = source.kind === 'data' ? source.base64 : '';
  return { id: newId('audio_'), data, transcript: '', expires_at: created };
}
