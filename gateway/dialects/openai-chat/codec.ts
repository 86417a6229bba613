/** Placeholders until both directions are written. */
import type { Dialect } from '../../core/dialect.ts';

const unwritten = (): never => {
  throw new Error('openai-chat: not written yet');
};

export const codec: Pick<
  Dialect,
  'decodeRequest' | 'encodeAnswer' | 'encodeStream' | 'encodeRequest' | 'decodeAnswer' | 'decodeStream'
> = {
  decodeRequest: unwritten,
  encodeAnswer: unwritten,
  encodeStream: unwritten,
  encodeRequest: unwritten,
  decodeAnswer: unwritten,
  decodeStream: unwritten,
};
