/** An upstream's parts as the client gets them: its own names of tools, safe ids, free text of custom tools. */
import type { AssistantPart, UserPart } from '../../core/canonical/parts.ts';
import type { CanonicalRequest } from '../../core/canonical/request.ts';
import type { Origin, Signature } from '../../core/canonical/signature.ts';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import type { Fitted } from './fit.ts';
import { createInputReader, type InputReader } from './input-reader.ts';
import { createCallIds, idForClient } from './tool-names.ts';

/** No other dialect can say it, and an end that looks good would be a lie. */
const BROKEN_CALL: StreamPart = {
  kind: 'error',
  error: {
    status: 502,
    code: 'malformed_tool_call',
    type: 'server_error',
    message: 'The model wrote a tool call that cannot be read.',
    details: {},
  },
};

/**
 * One per answer.
 * @param origin where the answer comes from
 * @param request the client's, whose calls have their ids already
 */
export function createPartMapper(
  { names, lowered }: Fitted,
  origin: Origin,
  request: CanonicalRequest,
): (part: StreamPart) => readonly StreamPart[] {
  /** Custom calls whose text still comes as JSON, by index. */
  const readers = new Map<number, InputReader>();
  const ownId = createCallIds(request.turns.flatMap(({ parts }) => parts.flatMap(callId)));
  const stamped = (signature: Signature): Signature => ({ ...signature, origin });

  return (part) => {
    switch (part.kind) {
      case 'tool-call-start': {
        const name = names.forClient(part.name);
        const custom = part.custom || lowered.has(name);
        if (custom && !part.custom) readers.set(part.index, createInputReader());
        const { signature, ...rest } = part;
        const id = ownId(idForClient(part.id));
        const start = { ...rest, id, name, custom };
        return [signature === undefined ? start : { ...start, signature: stamped(signature) }];
      }
      case 'tool-call-delta': {
        const reader = readers.get(part.index);
        if (reader === undefined) return [part];
        const text = reader.push(part.text);
        return text === '' ? [] : [{ ...part, text }];
      }
      case 'tool-call-end': {
        const reader = readers.get(part.index);
        readers.delete(part.index);
        const text = reader === undefined ? '' : reader.end();
        if (text === undefined) return [BROKEN_CALL];
        return text === '' ? [part] : [{ kind: 'tool-call-delta', index: part.index, text }, part];
      }
      case 'reasoning-end':
        return part.signature === null ? [part] : [{ ...part, signature: stamped(part.signature) }];
      case 'text-signature':
        return [{ ...part, signature: stamped(part.signature) }];
      case 'finish':
        return part.reason === 'broken-call' ? [BROKEN_CALL] : [part];
      default:
        return [part];
    }
  };
}

const callId = (part: AssistantPart | UserPart): readonly string[] =>
  part.kind === 'tool-call' ? [part.id] : [];
