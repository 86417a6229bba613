/** What an answer that another program wrote down says of itself. */
import type { ClientShapeId } from '../../core/client-shape.ts';
import type { ResponseFacts } from '../../core/usage.ts';
import type { DialectId } from '../../../contract/config/provider.ts';
import { dialects } from '../../dialects/index.ts';

const NOTHING: ResponseFacts = { usage: null, finishReason: null, model: null };

/** Formats that only come in are not read: their answers were never an upstream's. */
const READ: ReadonlySet<string> = new Set(Object.keys(dialects));

export function readForeignAnswer(shape: ClientShapeId, text: string, mimeType: string): ResponseFacts {
  if (!isDialect(shape) || text === '') return NOTHING;
  const bytes = Buffer.from(text);
  try {
    if (/event-stream/i.test(mimeType)) {
      const observer = dialects[shape].observeStream({ withholdUsage: false });
      observer.observe(bytes);
      return observer.facts();
    }
    const verdict = dialects[shape].judgeAnswer(bytes, mimeType);
    return verdict.kind === 'answer' ? verdict.facts : NOTHING;
  } catch {
    // Nobody promised that it is an answer.
    return NOTHING;
  }
}

const isDialect = (shape: ClientShapeId): shape is DialectId => READ.has(shape);
