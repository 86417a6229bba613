/** Complete answers for Gemini's clients. */
import type { AnswerContext } from '../../core/client-shape.ts';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import type { JsonObject } from '../../core/json.ts';
import { createAnswerWriter } from './answer-writer.ts';

export function encodeAnswer(parts: readonly StreamPart[], { newId, request }: AnswerContext): string {
  const writer = createAnswerWriter({ id: newId(''), model: request.model });
  const written = parts.flatMap((part) => writer.write(part));
  const { parts: rest, candidates, members } = writer.end();
  const all = [...written, ...rest];
  const answers = candidates.map((ending) => ({
    content: {
      role: 'model',
      parts: joined(all.flatMap((one) => (one.candidate === ending['index'] ? one.parts : []))),
    },
    ...ending,
  }));
  return JSON.stringify({
    ...(answers.length === 0 ? {} : { candidates: answers }),
    ...members,
    ...writer.head(),
  });
}

/** Pieces of one text are one part; a signature ends a text. */
function joined(parts: readonly JsonObject[]): readonly JsonObject[] {
  const all: JsonObject[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    const { text } = part;
    const before = last?.['text'];
    const fits = last?.['thought'] === part['thought'] && last?.['thoughtSignature'] === undefined;
    if (
      typeof text === 'string' &&
      typeof before === 'string' &&
      fits &&
      part['thoughtSignature'] === undefined
    ) {
      all[all.length - 1] = { ...part, text: before + text };
    } else all.push(part);
  }
  return all.length === 0 ? [{ text: '' }] : all;
}
