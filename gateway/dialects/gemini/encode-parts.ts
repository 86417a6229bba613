/** Parts of turns as Gemini's upstreams take them. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import { argumentsObject } from '../../core/canonical/call-arguments.ts';
import type { AssistantPart, ToolCallPart, ToolResultPart, UserPart } from '../../core/canonical/parts.ts';
import type { Warn } from '../../core/canonical/request.ts';
import type { JsonObject } from '../../core/json.ts';
import { encodeMedia } from './encode-media.ts';
import type { Generation } from './generation.ts';

export interface PartWriting {
  readonly generation: Generation;
  readonly warn: Warn;
}

/** Only 3.x wants the ids of calls back, and Vertex refuses them for older models. */
const idOf = (id: string, { three }: Generation): JsonObject => (three ? { id } : {});

export function encodeUserPart(part: UserPart, writing: PartWriting): readonly JsonObject[] {
  if (part.kind === 'text') return part.text === '' ? [] : [{ text: part.text }];
  return part.kind === 'tool-result' ? encodeResult(part, writing) : encodeMedia(part, writing.warn);
}

/** Media stand within the result where the model can read them there, and behind it elsewhere. */
function encodeResult(result: ToolResultPart, { generation, warn }: PartWriting): readonly JsonObject[] {
  const { id, name, content, failed } = result;
  const texts = content.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
  const media = content.flatMap((part) => (part.kind === 'text' ? [] : encodeMedia(part, warn)));
  const functionResponse = {
    ...idOf(id, generation),
    name,
    response: { [failed ? 'error' : 'output']: texts.join('\n') },
  };
  if (media.length === 0) return [{ functionResponse }];
  return generation.three
    ? [{ functionResponse: { ...functionResponse, parts: media } }]
    : [{ functionResponse }, ...media];
}

/** @param signature of the part itself, or of the thought before it */
export function encodeModelPart(
  part: AssistantPart,
  signature: string | null,
  { generation, warn }: PartWriting,
): readonly JsonObject[] {
  const signed = signature === null ? {} : { thoughtSignature: signature };
  switch (part.kind) {
    case 'text':
    case 'refusal':
      return part.text === '' && signature === null ? [] : [{ text: part.text, ...signed }];
    case 'reasoning':
      return part.text === '' ? [] : [{ text: part.text, thought: true, ...signed }];
    case 'tool-call': {
      const args = part.custom ? { input: part.input } : readArguments(part, warn);
      return [{ functionCall: { ...idOf(part.id, generation), name: part.name, args }, ...signed }];
    }
    case 'image':
    case 'audio':
      return encodeMedia(part, warn);
  }
}

/** Arguments must be an object; what a model once wrote instead is kept under one name. */
function readArguments({ input, name }: ToolCallPart, warn: Warn): JsonObject {
  const value = argumentsObject(input);
  if (value !== undefined) return value;
  warn(remark('arguments-wrapped', { tool: name }));
  return { input };
}
